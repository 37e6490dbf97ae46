package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.Names;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Objects on a member that are not this resource's, or not this hub's: whoever is deleted leaves
 * them as they are, and the bucket too.
 */
abstract class OthersObjects extends SoloTest {

  private static final String POLICY =
      "policy: {resourceFilter: {includedNamespaces: [" + Solo.CONFIGS + "]}}\n";

  @Test
  void anImportedBackupThatIsDeletedWithItsDataDeletesNothing() {
    String theirs = Solo.unused("theirs");
    done(theirs, POLICY);
    Map<String, String> bucket = solo.bucket();
    String importing = Solo.unused("importing");
    apply(importing, importing, "{" + Names.EXTERNAL_NAME + ": " + theirs + "}", "a");
    solo.await(
        Kind.VELERO_BACKUP,
        importing,
        "shows the other",
        seen -> State.text(seen, "status", "atProvider", "phase").equals("Completed"));

    remove(importing);
    assertThat(solo.bucket()).isEqualTo(bucket);
    assertThat(State.phase(solo.object(Kind.VELERO_IO_BACKUP, theirs).get()))
        .isEqualTo("Completed");
  }

  @Test
  void aBackupWhoseExternalNameWasEditedDeletesNothing() {
    String theirs = Solo.unused("theirs");
    String own = Solo.unused("own");
    done(theirs, POLICY);
    done(own, POLICY + "deletionPolicy: Delete\n");
    Map<String, String> bucket = solo.bucket();
    solo.object(Kind.VELERO_BACKUP, own)
        .edit(
            found -> {
              found.getMetadata().getAnnotations().put(Names.EXTERNAL_NAME, theirs);
              return found;
            });

    remove(own);
    assertThat(solo.bucket()).isEqualTo(bucket);
  }

  /** Velero fails a Backup of a name that the bucket has, and gives it an expiration first. */
  @Test
  void whatFailedAsTheBucketHasItsNameNeverTouchesThatNameAgain() {
    String name = Solo.unused("twin");
    done(name, POLICY + "labels: {" + Names.CLAIM_NAME_LABEL + ": a}\n");
    Map<String, String> bucket = solo.bucket();
    String twin = Solo.unused("second");
    gone(solo.object(Kind.VELERO_IO_BACKUP, name));
    apply(twin, name, "{}", "b");
    // by Velero, or by us where its sync was faster
    GenericKubernetesResource failed =
        solo.await(
            Kind.VELERO_BACKUP,
            twin,
            "has failed",
            seen -> State.text(seen, "status", "atProvider", "phase").equals("Failed"));
    assertThat(State.text(failed, "status", "atProvider", "failureReason"))
        .containsAnyOf("already exists", "NameTaken");
    GenericKubernetesResource object = solo.object(Kind.VELERO_IO_BACKUP, name).get();
    assertThat(
            State.phase(object).equals("Completed")
                || State.text(object, "status", "expiration").isEmpty())
        .as("it never expires, or is the other: %s", State.describe(object))
        .isTrue();
    solo.object(Kind.VELERO_IO_BACKUP, name).delete();
    solo.await(
        Kind.VELERO_IO_BACKUP,
        name,
        "is the other, from the bucket",
        seen -> State.phase(seen).equals("Completed"));

    remove(twin);
    assertThat(solo.bucket()).isEqualTo(bucket);
    assertThat(State.phase(solo.object(Kind.VELERO_IO_BACKUP, name).get())).isEqualTo("Completed");
  }

  /** A VeleroBackup that wants its data deleted, and whose policies allow that. */
  private void apply(String name, String wanted, String annotations, String claim) {
    String policies = annotations.equals("{}") ? "['*']" : "[Observe, Delete]";
    solo.cluster()
        .apply(
            """
            apiVersion: velero.m.kurator.dev/v1alpha1
            kind: VeleroBackup
            metadata: {namespace: solo, name: %s, annotations: %s}
            spec:
              providerConfigRef: {kind: ClusterProviderConfig, name: solo}
              managementPolicies: %s
              forProvider:
                name: %s
                installName: %s
                deletionPolicy: Delete
                labels: {%s: %s}
                policy: {resourceFilter: {includedNamespaces: [%s]}}
            """
                .formatted(
                    name,
                    annotations,
                    policies,
                    wanted,
                    Solo.INSTALL,
                    Names.CLAIM_NAME_LABEL,
                    claim,
                    Solo.CONFIGS));
  }

  /** In both orders: whoever comes second is refused, and leaves nothing changed when it goes. */
  @Test
  void anotherHubsLocationAndAllThatCameFromItStay() {
    String name = Solo.unused("kept");
    done(name, POLICY);
    Map<String, String> bucket = solo.bucket();
    String location =
        State.text(
            solo.object(Kind.VELERO_INSTALL, Solo.INSTALL).get(),
            "status",
            "atProvider",
            "storageLocation");
    asAnotherHubs(
        location,
        () -> {
          String again = Solo.unused("install");
          solo.applyInstall(again, Solo.SOLO);
          solo.await(
              Kind.VELERO_INSTALL,
              again,
              "is refused",
              seen -> State.message(seen, "Synced").contains("belongs to somebody else"));
          List<String> before = onMember(location);
          remove(Kind.VELERO_INSTALL, again);
          assertThat(onMember(location)).isEqualTo(before);
        });
    assertThat(solo.bucket()).isEqualTo(bucket);
  }

  /** The location is labelled as another hub's while something is done. */
  private void asAnotherHubs(String location, Runnable meanwhile) {
    String hub = hubOf(location);
    label(location, "another");
    try {
      meanwhile.run();
    } finally {
      label(location, hub);
    }
  }

  private String hubOf(String location) {
    return Objects.requireNonNull(
        solo.object(Kind.VELERO_IO_LOCATION, location)
            .get()
            .getMetadata()
            .getLabels()
            .get(Names.HUB_LABEL));
  }

  private void label(String location, String hub) {
    Consumer<HasMetadata> relabel =
        found -> {
          Map<String, String> labels = new HashMap<>(found.getMetadata().getLabels());
          labels.put(Names.HUB_LABEL, hub);
          found.getMetadata().setLabels(labels);
        };
    solo.object(Kind.VELERO_IO_LOCATION, location)
        .edit(
            found -> {
              relabel.accept(found);
              return found;
            });
    client()
        .secrets()
        .inNamespace(Member.VELERO)
        .withName(location)
        .edit(
            found -> {
              relabel.accept(found);
              return found;
            });
  }

  /** Versions of the location, its Secret and its Backups. */
  private List<String> onMember(String location) {
    List<String> found = new ArrayList<>();
    for (GenericKubernetesResource backup :
        Kind.VELERO_IO_BACKUP.on(client()).inNamespace(Member.VELERO).list().getItems()) {
      found.add(backup.getMetadata().getName() + " " + backup.getMetadata().getUid());
    }
    found.add(
        String.valueOf(
            client()
                .secrets()
                .inNamespace(Member.VELERO)
                .withName(location)
                .get()
                .getMetadata()
                .getUid()));
    found.add(solo.object(Kind.VELERO_IO_LOCATION, location).get().getMetadata().getUid());
    return found;
  }

  private KubernetesClient client() {
    return solo.client();
  }

  private void done(String name, String more) {
    solo.apply(Kind.VELERO_BACKUP, name, more);
    solo.awaitReady(Kind.VELERO_BACKUP, name);
  }

  private void remove(String backup) {
    remove(Kind.VELERO_BACKUP, backup);
  }

  private void remove(Kind kind, String name) {
    gone(solo.object(kind, name));
  }

  private static void gone(Resource<GenericKubernetesResource> object) {
    object.delete();
    Await.until("it is gone", Solo.PATIENCE, object, Objects::isNull);
  }
}
