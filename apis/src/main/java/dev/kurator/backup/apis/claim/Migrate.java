package dev.kurator.backup.apis.claim;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** Copies one member's resources to others, once; fixed once accepted, see {@link Backup}. */
@Group("backup.kurator.dev")
@Version("v1alpha1")
@ShortNames("kmigrate")
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "Source", jsonPath = ".status.sourceClusterStatus.clusterName")
@AdditionalPrinterColumn(name = "Summary", jsonPath = ".status.summary", priority = 1)
@ValidationRule(
    value = Backup.EDITABLE + "self.spec.storage == oldSelf.spec.storage",
    message = "spec.storage is fixed once the Migrate is accepted; make a new Migrate")
@ValidationRule(
    value = Backup.EDITABLE + "self.spec.sourceCluster == oldSelf.spec.sourceCluster",
    message = "spec.sourceCluster is fixed once the Migrate is accepted; make a new Migrate")
@ValidationRule(
    value = Backup.EDITABLE + "self.spec.targetCluster == oldSelf.spec.targetCluster",
    message = "spec.targetCluster is fixed once the Migrate is accepted; make a new Migrate")
@ValidationRule(
    value =
        Backup.EDITABLE
            + "(has(self.spec.policy) == has(oldSelf.spec.policy) && (!has(self.spec.policy) ||"
            + " self.spec.policy == oldSelf.spec.policy))",
    message = "spec.policy is fixed once the Migrate is accepted; make a new Migrate")
@ValidationRule(
    value =
        Backup.EDITABLE
            + "(has(self.spec.ttl) == has(oldSelf.spec.ttl) && (!has(self.spec.ttl) ||"
            + " self.spec.ttl == oldSelf.spec.ttl))",
    message = "spec.ttl is fixed once the Migrate is accepted; make a new Migrate")
@ValidationRule(
    value =
        Backup.EDITABLE
            + "(has(self.spec.startDeadline) == has(oldSelf.spec.startDeadline) &&"
            + " (!has(self.spec.startDeadline) || self.spec.startDeadline =="
            + " oldSelf.spec.startDeadline))",
    message = "spec.startDeadline is fixed once the Migrate is accepted; make a new Migrate")
public class Migrate extends CustomResource<MigrateSpec, MigrateStatus> implements Namespaced {

  @Override
  @SuppressWarnings("NullAway") // fabric8 cannot instantiate records; null means "not set yet"
  protected MigrateSpec initSpec() {
    return null;
  }

  @Override
  @SuppressWarnings("NullAway")
  protected MigrateStatus initStatus() {
    return null;
  }
}
