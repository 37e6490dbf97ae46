package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.LocationName;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The hub's copy of the names of released objects, by location: in ConfigMaps {@code
 * released-LOCATION}, {@code released-LOCATION-2} and so on in the provider's namespace.
 *
 * @param namespace the provider's, null where it is not known: then nothing is kept
 * @param most names in one ConfigMap
 */
record ReleasesOnHub(KubernetesClient hub, @Nullable String namespace, int most) {

  ReleasesOnHub(KubernetesClient hub, @Nullable String namespace) {
    this(hub, namespace, Releases.MOST);
  }

  /**
   * What was kept for a location.
   *
   * @return what {@link #add} was given, by key
   * @throws KubernetesClientException where the hub fails
   */
  Map<String, String> of(String location) {
    Map<String, String> names = new HashMap<>();
    read(location, names);
    return names;
  }

  private int read(String location, Map<String, String> names) {
    if (namespace == null || !LocationName.isValid(location)) {
      return 0;
    }
    int number = 1;
    ConfigMap next = configMap(location, number).get();
    while (next != null) {
      names.putAll(Objects.requireNonNullElse(next.getData(), Map.of()));
      number++;
      next = configMap(location, number).get();
    }
    return number - 1;
  }

  /**
   * Keeps a name.
   *
   * @throws KubernetesClientException where the hub fails
   */
  void add(String location, String key, String value) {
    if (namespace == null || !LocationName.isValid(location)) {
      return;
    }
    Map<String, String> names = new HashMap<>();
    int last = read(location, names);
    if (names.containsKey(key)) {
      return;
    }
    if (last > 0 && names.size() < last * most) {
      patch(location, last, Map.of(key, value));
    } else {
      create(location, last + 1, Map.of(key, value));
    }
  }

  private void create(String location, int number, Map<String, String> names) {
    try {
      hub.configMaps()
          .inNamespace(namespace)
          .resource(
              new ConfigMapBuilder()
                  .withNewMetadata()
                  .withName(name(location, number))
                  .endMetadata()
                  .withData(names)
                  .build())
          .create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      patch(location, number, names);
    }
  }

  private void patch(String location, int number, Map<String, String> names) {
    configMap(location, number)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            hub.getKubernetesSerialization().asJson(Map.of("data", names)));
  }

  private Resource<ConfigMap> configMap(String location, int number) {
    return hub.configMaps().inNamespace(namespace).withName(name(location, number));
  }

  private static String name(String location, int number) {
    return "released-" + location + (number == 1 ? "" : "-" + number);
  }
}
