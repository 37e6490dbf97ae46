package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.provider.velero.Location;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** An engine whose namespace cannot be read in its registration. */
@Execution(ExecutionMode.CONCURRENT)
class UnreadableNamespaceLifeTest extends UnreadableLife {

  /** Where the engine is not in the usual namespace. */
  private void doneIn(String namespace) {
    hub.resource(Samples.kubeconfig()).create();
    hub.resource(Samples.config(List.of("team-*"), Samples.engineIn(namespace))).create();
    applyAll(null);
    await(backup(), phase("Completed"));
  }

  @Test
  void whereTheEnginesNamespaceCannotBeReadItIsWhereTheMemberWasSeen() {
    doneIn("engine");
    damage(CONFIG, "/spec/velero/namespace", List.of("engine"));
    until(() -> says(INSTALL, "Synced", "spec.velero.namespace"));
    velero.cluster.forgetCalls();

    backup().delete();
    until(() -> get(BACKUP).isMissingNode());
    assertThat(velero.cluster.calls()).contains("label Backup/" + Samples.BACKUP_NAME);
    install().delete();
    until(() -> get(INSTALL).isMissingNode());
    assertThat(velero.cluster.count("BackupStorageLocation")).isZero();
    assertThat(velero.cluster.find("Secret", LOCATION_NAME)).isEmpty();
  }

  @Test
  void whereNothingSaysWhichNamespaceTheEngineIsInNoneIsGuessed() {
    VeleroInstall install = Samples.install("install");
    String usual = FakeVelero.namespace();
    velero.cluster.put(Location.storageLocation(install.getSpec().forProvider(), usual, "hub"));
    hub.resource(Samples.kubeconfig()).create();
    ObjectNode config = JSON.valueToTree(Samples.config(List.of("team-*"), null));
    ((ObjectNode) config.get("spec")).putObject("velero").putArray("namespace").add("velero");
    hub.raw(API + "clusterproviderconfigs", "POST", config);
    install.getMetadata().setAnnotations(Map.of(Names.EXTERNAL_NAME, LOCATION_NAME));
    hub.resource(install).create();
    until(() -> says(INSTALL, "Synced", "spec.velero.namespace"));

    install().delete();
    until(() -> get(INSTALL).isMissingNode());
    assertThat(velero.cluster.calls()).isEmpty();
    until(() -> events().anyMatch(it -> it.contains("spec.velero.namespace cannot be read")));
  }
}
