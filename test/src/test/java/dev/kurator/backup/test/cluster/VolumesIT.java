package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.Names;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** File-system backups of volumes, and what comes back of them, byte for byte. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VolumesIT {

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Bed bed = Bed.shared();
  private final Member member = bed.paris();
  private final Map<String, String> backups = new HashMap<>();
  private String claims = "";
  private String run = "";
  private String ledger = "";
  private String disk = "";
  private String chosen = "";

  @BeforeAll
  void takeBackups() {
    claims = bed.namespace("team-volumes");
    run = claims.substring("team-volumes".length());
    VolumeWorkload optOut = workload("opt-out");
    optOut.claim("disk" + run, local("disk" + run));
    optOut.deploy(
        "backup.velero.io/backup-volumes-excludes: scratch",
        "{name: ledger, emptyDir: {}}, {name: scratch, emptyDir: {}},"
            + " {name: disk, persistentVolumeClaim: {claimName: disk}}",
        "ledger",
        "scratch",
        "disk");
    ledger = optOut.files("ledger");
    disk = optOut.files("disk");
    VolumeWorkload optIn = workload("opt-in");
    optIn.deploy(
        "backup.velero.io/backup-volumes: chosen",
        "{name: chosen, emptyDir: {}}, {name: other, emptyDir: {}}",
        "chosen",
        "other");
    chosen = optIn.files("chosen");
    VolumeWorkload host = workload("host");
    host.claim("host" + run, "hostPath: {path: %s}".formatted(VolumeWorkload.folder("host" + run)));
    host.deploy(
        "",
        "{name: ledger, emptyDir: {}}, {name: disk, persistentVolumeClaim: {claimName: disk}},"
            + " {name: node, hostPath: {path: /tmp, type: Directory}}",
        "ledger",
        "disk");
    apply("opt-out", true);
    apply("opt-in", false);
    apply("host", true);
    for (GenericKubernetesResource backup :
        FilterQueue.drain(member, Names.CLAIM_NAMESPACE_LABEL, claims, 3, PATIENCE)) {
      backups.put(
          backup.getMetadata().getLabels().get(Names.CLAIM_NAME_LABEL),
          backup.getMetadata().getName());
    }
  }

  @Test
  void whatDoesNotOptOutComesBackInAnotherNamespace() {
    completed("opt-out");
    VolumeWorkload copy = workload("copy");
    copy.reserve("copy" + run, local("copy" + run));

    restore("opt-out", "copy", "--namespace-mappings", name("opt-out") + ":" + name("copy"));

    copy.await();
    assertThat(copy.files("ledger")).isEqualTo(ledger).hasLineCount(VolumeFiles.COUNT);
    assertThat(copy.files("disk")).isEqualTo(disk).isNotEqualTo(ledger);
    assertThat(copy.files("scratch")).as("the volume that opted out").isEmpty();
  }

  @Test
  void aLocalVolumeComesBackInItsOwnNamespace() {
    completed("opt-out");
    VolumeWorkload lost = workload("opt-out");
    lost.delete();
    member.client().persistentVolumes().withName("disk" + run).delete();
    lost.reserve("new" + run, local("new" + run));

    restore("opt-out", "again");

    lost.await();
    assertThat(lost.files("disk")).isEqualTo(disk);
    assertThat(lost.files("ledger")).isEqualTo(ledger);
  }

  @Test
  void withoutTheDefaultOnlyWhatOptsInComesBack() {
    completed("opt-in");

    restore("opt-in", "in", "--namespace-mappings", name("opt-in") + ":" + name("in"));

    VolumeWorkload copy = workload("in");
    copy.await();
    assertThat(copy.files("chosen")).isEqualTo(chosen);
    assertThat(copy.files("other")).as("the volume that did not opt in").isEmpty();
  }

  @Test
  void aHostPathVolumeIsSkippedAndTheClaimSaysSo() {
    completed("host");
    // Velero's words may come a moment after its phase.
    GenericKubernetesResource claim =
        bed.hub()
            .claim(claims, "host")
            .await(
                "the reasons are there",
                PATIENCE,
                seen -> Claim.detail(seen, "paris").containsKey("reasons"));

    // of the volume that is the pod's own Velero says nothing
    assertThat(Claim.detail(claim, "paris")).containsEntry("warnings", 1);
    assertThat(String.valueOf(Claim.detail(claim, "paris").get("reasons")))
        .contains("disk", "hostPath", "skipping");
    assertThat(State.text(claim, "status", "summary")).contains("warning", "hostPath");
  }

  private GenericKubernetesResource completed(String claim) {
    return bed.hub().claim(claims, claim).awaitPhase("Completed", PATIENCE);
  }

  private void restore(String claim, String name, String... options) {
    String[] arguments = {
      "restore", "create", name + run, "--from-backup", backup(claim), "--wait"
    };
    String[] all = new String[arguments.length + options.length];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    System.arraycopy(options, 0, all, arguments.length, options.length);
    String output = member.velero(all);
    assertThat(
            State.phase(
                Kind.VELERO_IO_RESTORE
                    .on(member.client())
                    .inNamespace(Member.VELERO)
                    .withName(name + run)
                    .get()))
        .as(output)
        .isEqualTo("Completed");
  }

  private String backup(String claim) {
    return Objects.requireNonNull(backups.get(claim), claim);
  }

  private void apply(String workload, boolean everyVolume) {
    bed.hub()
        .cluster()
        .apply(
            new ClaimYaml(
                    claims,
                    workload,
                    ClaimYaml.on(bed.store(), claims, workload, bed.only(member))
                        .spec()
                        .replace("[" + Example.WORKLOAD + "]", "[" + name(workload) + "]")
                        .replace(
                            "  policy:\n",
                            "  policy:\n    defaultVolumesToFsBackup: " + everyVolume + "\n"))
                .text());
  }

  private VolumeWorkload workload(String name) {
    return new VolumeWorkload(member, name(name));
  }

  private String name(String workload) {
    return "volumes-" + workload + run;
  }

  private static String local(String volume) {
    return "local: {path: %s}".formatted(VolumeWorkload.folder(volume));
  }
}
