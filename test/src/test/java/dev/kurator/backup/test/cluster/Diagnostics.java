package dev.kurator.backup.test.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes down what a bed looks like: claims, managed resources, Velero's objects, events, logs.
 *
 * @param folder where to
 */
record Diagnostics(Path folder) {

  private static final List<Kind> ON_HUB =
      List.of(
          Kind.BACKUP,
          Kind.VELERO_INSTALL,
          Kind.VELERO_BACKUP,
          Kind.VELERO_SCHEDULE,
          Kind.CLUSTER_PROVIDER_CONFIG,
          Kind.CONFIGURATION,
          Kind.FUNCTION,
          Kind.PROVIDER);
  private static final List<Kind> ON_MEMBER =
      List.of(
          Kind.VELERO_IO_SCHEDULE,
          Kind.VELERO_IO_BACKUP,
          Kind.VELERO_IO_RESTORE,
          Kind.VELERO_IO_LOCATION);

  /** Writes everything; what cannot be read is noted in its place. */
  void dump(Bed bed) throws IOException {
    dump("hub", bed.hub().client(), ON_HUB);
    dump("paris", bed.paris().client(), ON_MEMBER);
    dump("berlin", bed.berlin().client(), ON_MEMBER);
  }

  /** Writes everything about one cluster that is hub and member at once, without Crossplane. */
  void dump(Cluster solo) throws IOException {
    List<Kind> managed =
        List.of(Kind.VELERO_INSTALL, Kind.VELERO_BACKUP, Kind.VELERO_RESTORE, Kind.VELERO_SCHEDULE);
    dump("hub", solo.client(), managed);
    dump("member", solo.client(), ON_MEMBER);
  }

  private void dump(String cluster, KubernetesClient client, List<Kind> kinds) throws IOException {
    Path target = Files.createDirectories(folder.resolve(cluster));
    for (Kind kind : kinds) {
      write(target, kind + ".yaml", () -> objects(client, kind));
    }
    write(target, "events.txt", () -> events(client));
    write(target, "pods.txt", () -> pods(client));
    for (Pod pod : client.pods().inAnyNamespace().list().getItems()) {
      if (!pod.getMetadata().getNamespace().equals("kube-system")) {
        write(target, pod.getMetadata().getName() + ".log", () -> log(client, pod));
      }
    }
  }

  private interface Source {
    String read();
  }

  private static void write(Path target, String file, Source source) throws IOException {
    String text;
    try {
      text = source.read();
    } catch (KubernetesClientException e) {
      text = "cannot be read: " + e.getMessage();
    }
    Files.writeString(target.resolve(file), text);
  }

  private static String objects(KubernetesClient client, Kind kind) {
    StringBuilder text = new StringBuilder();
    for (GenericKubernetesResource object : kind.on(client).inAnyNamespace().list().getItems()) {
      object.getMetadata().setManagedFields(List.of());
      text.append(Serialization.asYaml(object)).append("---\n");
    }
    return text.toString();
  }

  private static String events(KubernetesClient client) {
    StringBuilder text = new StringBuilder();
    for (var event : client.v1().events().inAnyNamespace().list().getItems()) {
      text.append(event.getLastTimestamp()).append(' ');
      text.append(event.getInvolvedObject().getKind()).append('/');
      text.append(event.getInvolvedObject().getName()).append(' ');
      text.append(event.getReason()).append(": ").append(event.getMessage()).append('\n');
    }
    return text.toString();
  }

  private static String pods(KubernetesClient client) {
    StringBuilder text = new StringBuilder();
    for (Pod pod : client.pods().inAnyNamespace().list().getItems()) {
      text.append(pod.getMetadata().getNamespace()).append('/').append(pod.getMetadata().getName());
      text.append('\n').append(Serialization.asYaml(pod.getStatus())).append('\n');
    }
    return text.toString();
  }

  private static String log(KubernetesClient client, Pod pod) {
    var container =
        client
            .pods()
            .inNamespace(pod.getMetadata().getNamespace())
            .withName(pod.getMetadata().getName())
            .inContainer(pod.getSpec().getContainers().getFirst().getName());
    String previous;
    try {
      previous = container.terminated().getLog();
    } catch (KubernetesClientException e) {
      previous = "";
    }
    return previous + "---- current\n" + container.getLog();
  }
}
