package dev.kurator.backup.test.secrets;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Keeps what clusters show from now on, by watches: every state of every object in which a Secret
 * has no business, Kubernetes' Events, and what the machinery logs.
 */
public final class Recorder {

  /** Ours, the packages', and Velero's. */
  private static final Set<String> GROUPS =
      Set.of("backup.kurator.dev", "velero.m.kurator.dev", "pkg.crossplane.io", "velero.io");

  /** A URL that Velero has signed is a credential, which only Velero's own answer may hold. */
  private static final Planted SIGNED =
      new Planted("a signed URL", List.of("X-Amz-Signature=", "X-Amz-Security-Token="));

  private static final String SIGNING = "DownloadRequest.velero.io";

  private static final int AROUND = 200;

  private final Records records;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<String> watched = ConcurrentHashMap.newKeySet();

  /**
   * Watches nothing yet.
   *
   * @param folder for the texts
   */
  public Recorder(Path folder) throws IOException {
    this.records = new Records(folder);
  }

  /**
   * Watches a cluster from now on.
   *
   * @param cluster its name, in the names of sources
   */
  public void watch(String cluster, KubernetesClient client) {
    keep(cluster + "-Event", client.v1().events().inAnyNamespace());
    keep(cluster + "-ConfigMap", client.configMaps().inAnyNamespace());
    keep(cluster + "-Deployment", client.apps().deployments().inAnyNamespace());
    keep(cluster + "-DaemonSet", client.apps().daemonSets().inAnyNamespace());
    keep(cluster + "-Job", client.batch().v1().jobs().inAnyNamespace());
    Logs logs = new Logs(client, threads, line -> records.add(cluster + "-log", line));
    informed(
        client.pods().inAnyNamespace(),
        pod -> {
          if (ofMachinery(pod)) {
            records.add(cluster + "-Pod", json(pod));
            logs.seen(pod);
          }
        });
    informed(
        client.apiextensions().v1().customResourceDefinitions(),
        crd -> watch(cluster, client, crd));
  }

  /**
   * Takes lines that no cluster shows, from any thread.
   *
   * @param source their name, such as {@code solo-provider-log}
   */
  public Consumer<String> lines(String source) {
    return line -> records.add(source, line);
  }

  /** Crossplane's namespace, and those of engines. */
  private static boolean ofMachinery(Pod pod) {
    String namespace = pod.getMetadata().getNamespace();
    return namespace.equals("crossplane-system") || namespace.startsWith("velero");
  }

  private void watch(String cluster, KubernetesClient client, CustomResourceDefinition crd) {
    boolean served =
        crd.getStatus() != null
            && crd.getStatus().getConditions() != null
            && crd.getStatus().getConditions().stream()
                .anyMatch(
                    one -> one.getType().equals("Established") && one.getStatus().equals("True"));
    String source =
        cluster + "-" + crd.getSpec().getNames().getKind() + "." + crd.getSpec().getGroup();
    if (served && GROUPS.contains(crd.getSpec().getGroup()) && watched.add(source)) {
      var context = CustomResourceDefinitionContext.fromCrd(crd);
      var objects = client.genericKubernetesResources(context);
      keep(source, context.isNamespaceScoped() ? objects.inAnyNamespace() : objects);
    }
  }

  private <T extends HasMetadata> void keep(String source, Informable<T> objects) {
    informed(objects, object -> records.add(source, json(object)));
  }

  private static <T> void informed(Informable<T> objects, Consumer<T> states) {
    objects
        .runnableInformer(0)
        .addEventHandler(new Every<>(states))
        // whatever happens: clusters are paused and killed meanwhile
        .exceptionHandler((started, problem) -> true)
        .start();
  }

  private static String json(HasMetadata object) {
    // who wrote which field is no content, and long
    object.getMetadata().setManagedFields(List.of());
    return Serialization.asJson(object);
  }

  /** Every state that an object goes through. */
  private record Every<T>(Consumer<T> states) implements ResourceEventHandler<T> {

    @Override
    public void onAdd(T object) {
      states.accept(object);
    }

    @Override
    public void onUpdate(T before, T object) {
      states.accept(object);
    }

    @Override
    public void onDelete(T object, boolean unknown) {}
  }

  /** How many texts were kept so far, by source such as {@code paris-Backup.velero.io}. */
  public Map<String, Long> counts() {
    return records.flush();
  }

  /**
   * Where any of these shows, or a URL that Velero signed.
   *
   * @return the first text of each source that holds one, without it
   */
  public Collection<String> findings(Collection<Planted> planted) {
    Map<String, String> findings = new TreeMap<>();
    for (String source : records.flush().keySet()) {
      List<Planted> wanted = new ArrayList<>(planted);
      if (!source.endsWith(SIGNING)) {
        wanted.add(SIGNED);
      }
      try (Stream<String> lines = Files.lines(records.file(source))) {
        lines.forEach(line -> search(source, line, wanted, findings));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return findings.values();
  }

  private static void search(
      String source, String line, List<Planted> planted, Map<String, String> findings) {
    for (Planted secret : planted) {
      String where = secret.what() + " in " + source + ": ";
      secret
          .in(line)
          .ifPresent(form -> findings.computeIfAbsent(where, key -> key + around(line, form)));
    }
  }

  private static String around(String line, String form) {
    int at = line.indexOf(form);
    return line.substring(Math.max(0, at - AROUND), at)
        + "***"
        + line.substring(at + form.length(), Math.min(line.length(), at + form.length() + AROUND))
            .replace(form, "***");
  }
}
