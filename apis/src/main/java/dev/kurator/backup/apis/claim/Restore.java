package dev.kurator.backup.apis.claim;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** Restores a Backup's data, once; fixed as a whole once accepted, see {@link Backup}. */
@Group("backup.kurator.dev")
@Version("v1alpha1")
@ShortNames("krestore")
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "Backup", jsonPath = ".spec.backupName")
@AdditionalPrinterColumn(name = "Summary", jsonPath = ".status.summary", priority = 1)
@ValidationRule(
    value = Backup.EDITABLE + "self.spec.backupName == oldSelf.spec.backupName",
    message = "spec.backupName is fixed once the Restore is accepted; make a new Restore")
@ValidationRule(
    value =
        Backup.EDITABLE
            + "(has(self.spec.policies) == has(oldSelf.spec.policies) && (!has(self.spec.policies)"
            + " || self.spec.policies == oldSelf.spec.policies))",
    message = "spec.policies is fixed once the Restore is accepted; make a new Restore")
@ValidationRule(
    value =
        Backup.EDITABLE
            + "(has(self.spec.destination) == has(oldSelf.spec.destination) &&"
            + " (!has(self.spec.destination) || self.spec.destination =="
            + " oldSelf.spec.destination))",
    message = "spec.destination is fixed once the Restore is accepted; make a new Restore")
@ValidationRule(
    value =
        Backup.EDITABLE
            + "(has(self.spec.sourceCluster) == has(oldSelf.spec.sourceCluster) &&"
            + " (!has(self.spec.sourceCluster) || self.spec.sourceCluster =="
            + " oldSelf.spec.sourceCluster))",
    message = "spec.sourceCluster is fixed once the Restore is accepted; make a new Restore")
@ValidationRule(
    value =
        Backup.EDITABLE
            + "(has(self.spec.run) == has(oldSelf.spec.run) && (!has(self.spec.run) ||"
            + " self.spec.run == oldSelf.spec.run))",
    message = "spec.run is fixed once the Restore is accepted; make a new Restore")
@ValidationRule(
    value =
        Backup.EDITABLE
            + "(has(self.spec.startDeadline) == has(oldSelf.spec.startDeadline) &&"
            + " (!has(self.spec.startDeadline) || self.spec.startDeadline =="
            + " oldSelf.spec.startDeadline))",
    message = "spec.startDeadline is fixed once the Restore is accepted; make a new Restore")
public class Restore extends CustomResource<RestoreSpec, RestoreStatus> implements Namespaced {

  @Override
  @SuppressWarnings("NullAway") // fabric8 cannot instantiate records; null means "not set yet"
  protected RestoreSpec initSpec() {
    return null;
  }

  @Override
  @SuppressWarnings("NullAway")
  protected RestoreStatus initStatus() {
    return null;
  }
}
