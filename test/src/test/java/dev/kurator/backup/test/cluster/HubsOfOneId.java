package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.Names;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A second hub is built from the same files, with the same id: one of both works on a member. */
abstract class HubsOfOneId extends SoloTest {

  private static @Nullable SecondHub second;

  private final String name = Solo.unused("both");

  @AfterAll
  static void endTheSecondHub() {
    if (second != null) {
      second.stop();
      second = null;
    }
  }

  private static SecondHub second(Solo solo) {
    SecondHub there = second;
    if (there == null) {
      there = SecondHub.start(solo);
      second = there;
    }
    return there;
  }

  /** The second is killed at each write on both clusters. */
  @Test
  void aHubAtWorkLosesItsMemberOnlyToWhoNamesItAndNothingRunsTwice() {
    Map<String, String> bucket = backUp();
    String uid = uid();
    SecondHub second = second(solo);
    second.register(null);
    second.cluster().apply(backup());
    try (ProviderProcess provider = second.provider();
        Sightings made = solo.sightings(Kind.VELERO_IO_BACKUP, name)) {
      String first = otherHub(solo.cluster(), second.cluster());
      second.remove(Kind.VELERO_BACKUP, name);
      assertThat(second.warnings(name)).anyMatch(warning -> warning.contains("another hub"));
      assertThat(uid()).isEqualTo(uid);

      Killer killer = Killer.onceAtEach(provider, write -> !write.ofEvent());
      second.gate().keeper(killer);
      second.toMember().keeper(killer);
      second.register(first);
      second.cluster().apply(backup());
      awaitCompleted(second);
      second.gate().keeper(Keeper.OPEN);
      second.toMember().keeper(Keeper.OPEN);
      assertThat(uid()).isEqualTo(uid);
      assertThat(made.all()).hasSize(1);
      System.out.println("killed " + killer.kills().size() + " times: " + killer.kills());
      assertThat(killer.kills())
          .anyMatch(kill -> kill.contains("leases/kurator-hub-solo"))
          .hasSizeGreaterThan(8);

      takeBack(second);
      second.remove(Kind.VELERO_BACKUP, name);
      second.forget();
    }
    assertThat(solo.bucket()).containsAllEntriesOf(bucket);
    assertThat(uid()).isEqualTo(uid);
  }

  /** The first can write nowhere: it is cut off, or its machines stand still. */
  @Test
  void aRebuiltHubTakesOverFromASilentOneAndKeepsTheDataThatItDidNotMake() {
    Map<String, String> bucket = backUp();
    String uid = uid();
    SecondHub second = second(solo);
    solo.gate().keeper(write -> Keeper.Fate.NEVER_ARRIVES);
    second.register(null);
    second.cluster().apply(backup());
    try (ProviderProcess provider = second.provider()) {
      Await.until(
          "the second hub waits to see whether the first is at work",
          Solo.PATIENCE,
          second.object(Kind.VELERO_INSTALL, Solo.INSTALL),
          seen -> State.message(seen, "Synced").contains("to see whether it is still at work"));
      awaitCompleted(second);
      assertThat(uid()).isEqualTo(uid);
      second.remove(Kind.VELERO_BACKUP, name);
      assertThat(second.warnings(name)).anyMatch(warning -> warning.contains("takesOverFrom"));
      assertThat(solo.bucket()).containsAllEntriesOf(bucket);
      assertThat(uid()).isEqualTo(uid);

      solo.gate().keeper(Keeper.OPEN);
      takeBack(second);
      second.forget();
      assertThat(provider.lives()).isEqualTo(1);
    }
    assertThat(solo.bucket()).containsAllEntriesOf(bucket);
  }

  private Map<String, String> backUp() {
    solo.cluster().apply(backup());
    solo.awaitReady(Kind.VELERO_BACKUP, name);
    return solo.bucket();
  }

  /** The first hub is refused, is told to take the member back, and works there again. */
  private void takeBack(SecondHub second) {
    solo.cluster().apply(SecondHub.registration(otherHub(second.cluster(), solo.cluster())));
    otherHub(solo.cluster(), second.cluster());
    String next = Solo.unused("back");
    solo.apply(
        Kind.VELERO_BACKUP,
        next,
        "policy: {resourceFilter: {includedNamespaces: [%s]}}".formatted(Solo.CONFIGS));
    solo.awaitReady(Kind.VELERO_BACKUP, next);
    solo.cluster().apply(SecondHub.registration(null));
  }

  /** Waits until a hub works on the member and another one names it, and gives the holder. */
  private String otherHub(Cluster other, Cluster hub) {
    String uid =
        other
            .client()
            .configMaps()
            .inNamespace("kube-system")
            .withName("kube-root-ca.crt")
            .require()
            .getMetadata()
            .getUid();
    Lease held =
        Await.until(
            "the hub holds the Lease",
            Solo.PATIENCE,
            solo.client().leases().inNamespace(Member.VELERO).withName("kurator-hub-solo"),
            lease -> lease != null && lease.getSpec().getHolderIdentity().startsWith(uid));
    String holder = held.getSpec().getHolderIdentity();
    Await.until(
        "the registration names the hub that works on the member",
        Solo.PATIENCE,
        SecondHub.on(hub, Kind.CLUSTER_PROVIDER_CONFIG, Solo.SOLO),
        found ->
            State.reason(found, "Ready").equals("OtherHub")
                && State.text(found, "status", "otherHub").equals(holder));
    return holder;
  }

  private void awaitCompleted(SecondHub second) {
    Await.until(
        "the second hub has adopted the backup",
        Solo.PATIENCE,
        second.object(Kind.VELERO_BACKUP, name),
        seen -> State.text(seen, "status", "atProvider", "phase").equals("Completed"));
  }

  private String uid() {
    return solo.object(Kind.VELERO_IO_BACKUP, name).require().getMetadata().getUid();
  }

  private String backup() {
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
        policy: {resourceFilter: {includedNamespaces: [%s]}}
    """
        .formatted(name, name, Solo.INSTALL, Names.CLAIM_NAME_LABEL, name, Solo.CONFIGS);
  }
}
