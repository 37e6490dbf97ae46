package dev.kurator.backup.provider.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * The record in a ConfigMap of the provider's own namespace. The UID is that of a ConfigMap that
 * every cluster has, since a provider may not read Namespaces.
 */
record ConfigMapRecord(KubernetesClient hub, String namespace) implements HubRecord {

  /** Name of the ConfigMap. */
  static final String NAME = "provider-velero-terms";

  private static final String DATA = "terms";

  @Override
  public String hubUid() {
    ConfigMap root = hub.configMaps().inNamespace("kube-system").withName("kube-root-ca.crt").get();
    if (root == null) {
      throw new KubernetesClientException(
          "ConfigMap kube-system/kube-root-ca.crt does not exist, whose UID names the hub");
    }
    return root.getMetadata().getUid();
  }

  @Override
  public Kept read() {
    ConfigMap there = hub.configMaps().inNamespace(namespace).withName(NAME).get();
    SequencedMap<String, Long> terms = new LinkedHashMap<>();
    if (there == null) {
      return new Kept("", terms);
    }
    Objects.requireNonNullElse(there.getData(), Map.<String, String>of())
        .getOrDefault(DATA, "")
        .lines()
        .map(line -> line.split(" ", -1))
        .filter(parts -> parts.length == 2 && parts[1].matches("[0-9]{1,18}"))
        .forEach(parts -> terms.put(parts[0], Long.parseLong(parts[1])));
    return new Kept(there.getMetadata().getResourceVersion(), terms);
  }

  @Override
  public boolean write(String version, SequencedMap<String, Long> terms) {
    String lines =
        terms.entrySet().stream()
            .map(term -> term.getKey() + " " + term.getValue())
            .collect(Collectors.joining("\n"));
    ConfigMap wanted =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(NAME)
            .withResourceVersion(version.isEmpty() ? null : version)
            .endMetadata()
            .addToData(DATA, lines)
            .build();
    try {
      if (version.isEmpty()) {
        hub.resource(wanted).create();
      } else {
        hub.resource(wanted).update();
      }
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return false;
      }
      throw e;
    }
  }
}
