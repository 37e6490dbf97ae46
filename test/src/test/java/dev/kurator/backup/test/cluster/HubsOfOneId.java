package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.Names;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A second hub is built from the same files, with the same id, while the first one lives: it
 * changes nothing on the member until its registration names the first one.
 */
abstract class HubsOfOneId extends SoloTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String POLICY =
      "policy: {resourceFilter: {includedNamespaces: [" + Solo.CONFIGS + "]}}\n";

  @Test
  void onlyOneOfTwoHubsWorksOnAMemberAndTheOtherTakesItWhenItIsToldTo() {
    String name = Solo.unused("both");
    String yaml = backup(name);
    solo.cluster().apply(yaml);
    solo.awaitReady(Kind.VELERO_BACKUP, name);
    Map<String, String> bucket = solo.bucket();
    String uid = uid(name);

    Cluster second = Cluster.startOn(Solo.freePort(), "second-hub", Map.of());
    Solo.define(second);
    Hub hub = new Hub(second);
    hub.secret(Hub.CROSSPLANE, "solo-kubeconfig", "kubeconfig", solo.cluster().kubeconfig());
    hub.secret(Solo.SOLO, Example.CREDENTIALS, "cloud", solo.store().credentials());
    second.apply(registration(null));
    second.apply(install());
    second.apply(yaml);
    try (ProviderProcess other =
        ProviderProcess.start(
            ROOT,
            second.kubeconfig(),
            Path.of("target", "second-hub"),
            Shown.recorder().lines("second-hub-provider-log"))) {
      String holder = refused(second);
      remove(second, name);
      assertThat(solo.bucket()).isEqualTo(bucket);
      assertThat(uid(name)).isEqualTo(uid);

      second.apply(registration(holder));
      second.apply(yaml);
      Await.until(
          "the second hub has adopted the backup",
          Solo.PATIENCE,
          on(second, Kind.VELERO_BACKUP, name),
          seen -> State.text(seen, "status", "atProvider", "phase").equals("Completed"));
      assertThat(uid(name)).isEqualTo(uid);
      String back = refused(solo.cluster());
      other.close();
      solo.cluster().apply(registration(back));
      String next = Solo.unused("back");
      solo.cluster().apply(backup(next));
      solo.awaitReady(Kind.VELERO_BACKUP, next);
      assertThat(solo.bucket()).containsAllEntriesOf(bucket);
    }
  }

  /** Waits until a hub says that another one works on the member, and gives that one's holder. */
  private static String refused(Cluster hub) {
    GenericKubernetesResource seen =
        Await.until(
            "the registration names the other hub",
            Solo.PATIENCE,
            on(hub, Kind.CLUSTER_PROVIDER_CONFIG, Solo.SOLO),
            found -> State.reason(found, "Ready").equals("OtherHub"));
    return State.text(seen, "status", "otherHub");
  }

  private static void remove(Cluster hub, String name) {
    Resource<GenericKubernetesResource> backup = on(hub, Kind.VELERO_BACKUP, name);
    backup.delete();
    Await.until("the refused hub's VeleroBackup is gone", Solo.PATIENCE, backup, Objects::isNull);
  }

  private static Resource<GenericKubernetesResource> on(Cluster hub, Kind kind, String name) {
    return kind == Kind.CLUSTER_PROVIDER_CONFIG
        ? kind.on(hub.client()).withName(name)
        : kind.on(hub.client()).inNamespace(Solo.SOLO).withName(name);
  }

  private String uid(String name) {
    return solo.object(Kind.VELERO_IO_BACKUP, name).get().getMetadata().getUid();
  }

  private static String registration(@Nullable String takesOverFrom) {
    String more = takesOverFrom == null ? "" : "takesOverFrom: " + takesOverFrom + "\n";
    return new Registration(
            Solo.SOLO,
            Solo.SOLO,
            "solo-kubeconfig",
            Solo.SOLO,
            Registration.smallEngine(Member.VELERO) + more)
        .text();
  }

  private String install() {
    return """
    apiVersion: velero.m.kurator.dev/v1alpha1
    kind: VeleroInstall
    metadata: {namespace: solo, name: %s}
    spec:
      providerConfigRef: {kind: ClusterProviderConfig, name: solo}
      forProvider:
        accessMode: ReadWrite
        location: {provider: aws, bucket: %s, s3Url: "%s", prefix: solo}
        credentials: {name: %s, key: cloud}
    """
        .formatted(Solo.INSTALL, Example.BUCKET, solo.store().url(), Example.CREDENTIALS);
  }

  private static String backup(String name) {
    return """
    apiVersion: velero.m.kurator.dev/v1alpha1
    kind: VeleroBackup
    metadata: {namespace: solo, name: %s}
    spec:
      providerConfigRef: {kind: ClusterProviderConfig, name: solo}
      forProvider:
        name: %s
        installName: %s
        deletionPolicy: Delete
        labels: {%s: %s}
        %s\
    """
        .formatted(name, name, Solo.INSTALL, Names.CLAIM_NAME_LABEL, name, POLICY);
  }
}
