package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@ClusterTest
class BackupIT {

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Bed bed = Bed.shared();

  @Test
  void aClaimBecomesOneCompletedVeleroBackupPerMemberWithTheBytesOfItsVolumes() {
    GenericKubernetesResource claim = bed.applyExample().awaitPhase("Completed", PATIENCE);

    assertThat(State.is(claim, "Accepted", "True")).as("Accepted").isTrue();
    assertThat(State.is(claim, "Installed", "True")).as("Installed").isTrue();
    assertThat(State.is(claim, "Succeeded", "True")).as("Succeeded").isTrue();
    assertThat(State.text(claim, "status", "summary")).contains("2 of 2 clusters completed");
    for (Member member : List.of(bed.paris(), bed.berlin())) {
      assertThat(Claim.detail(claim, member.name()))
          .containsEntry("phase", "Completed")
          .containsEntry("policyName", "shop");
      checkMember(member, String.valueOf(Claim.detail(claim, member.name()).get("backupName")));
      checkCredentials(member);
    }
    restore(bed.paris(), String.valueOf(Claim.detail(claim, "paris").get("backupName")));
  }

  @Test
  void kubectlShowsThePhaseFirstAndTheSummaryOnRequest() {
    assertThat(
            bed.hub()
                .client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("backups.backup.kurator.dev")
                .get()
                .getSpec())
        .satisfies(
            spec -> {
              assertThat(spec.getNames().getCategories()).contains("kurator-dev");
              assertThat(spec.getVersions().getFirst().getAdditionalPrinterColumns())
                  .extracting(CustomResourceColumnDefinition::getName)
                  .startsWith("Phase", "Schedule", "Summary", "SYNCED", "READY");
            });
  }

  private static void checkMember(Member member, String backup) {
    assertThat(member.backupsOf(Example.NAMESPACE, Example.NAME))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.getMetadata().getName()).isEqualTo(backup);
              assertThat(State.phase(found)).isEqualTo("Completed");
            });
    assertThat(member.list(Kind.VELERO_IO_LOCATION))
        .filteredOn(
            location ->
                State.text(location, "spec", "objectStorage", "bucket").equals(Example.BUCKET)
                    && State.text(location, "spec", "objectStorage", "prefix")
                        .equals(Example.NAMESPACE + "/" + member.name()))
        .singleElement()
        .satisfies(location -> assertThat(State.phase(location)).isEqualTo("Available"));
  }

  /** Another version of Velero might write them elsewhere: onto the node's disk. */
  private static void checkCredentials(Member member) {
    String files =
        "/var/lib/kubelet/pods/*/volumes/kubernetes.io~empty-dir/credentials/" + Member.VELERO;
    assertThat(member.cluster().exec("sh", "-c", "stat -f -c %T " + files + "/*").lines())
        .as("where Velero has its files of credentials")
        .isNotEmpty()
        .containsOnly("tmpfs");
  }

  private static void restore(Member member, String backup) {
    String target = "shop-restored";
    member.restore(backup, target);
    assertThat(member.checksum(target)).isEqualTo(member.checksum(Example.WORKLOAD));
  }
}
