package dev.kurator.backup.apis.claim;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * Backs up a fleet, once or on a schedule. The rules bind fields once the claim is accepted, one
 * field each: Crossplane itself writes {@code spec.crossplane}, so the spec is never compared
 * whole.
 */
@Group("backup.kurator.dev")
@Version("v1alpha1")
@ShortNames("kbackup")
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "Schedule", jsonPath = ".spec.schedule")
@AdditionalPrinterColumn(name = "Summary", jsonPath = ".status.summary", priority = 1)
@ValidationRule(
    value = Backup.EDITABLE + "self.spec.storage == oldSelf.spec.storage",
    message = "spec.storage is fixed once the Backup is accepted; make a new Backup")
@ValidationRule(
    value = Backup.EDITABLE + "has(self.spec.schedule) == has(oldSelf.spec.schedule)",
    message =
        "spec.schedule can be neither added nor removed once the Backup is accepted; make a new"
            + " Backup")
@ValidationRule(
    value =
        Backup.EDITABLE
            + "has(oldSelf.spec.schedule) || (has(self.spec.destination) =="
            + " has(oldSelf.spec.destination) && (!has(self.spec.destination) ||"
            + " self.spec.destination == oldSelf.spec.destination))",
    message = "spec.destination of a one-time Backup is fixed once accepted; make a new Backup")
@ValidationRule(
    value =
        Backup.EDITABLE
            + "has(oldSelf.spec.schedule) || (has(self.spec.policies) =="
            + " has(oldSelf.spec.policies) && (!has(self.spec.policies) ||"
            + " self.spec.policies == oldSelf.spec.policies))",
    message = "spec.policies of a one-time Backup is fixed once accepted; make a new Backup")
@ValidationRule(
    value =
        Backup.EDITABLE
            + "has(oldSelf.spec.schedule) || (has(self.spec.startDeadline) =="
            + " has(oldSelf.spec.startDeadline) && (!has(self.spec.startDeadline) ||"
            + " self.spec.startDeadline == oldSelf.spec.startDeadline))",
    message = "spec.startDeadline of a one-time Backup is fixed once accepted; make a new Backup")
public class Backup extends CustomResource<BackupSpec, BackupStatus> implements Namespaced {

  static final String EDITABLE =
      "!has(oldSelf.status) || !has(oldSelf.status.phase) || oldSelf.status.phase == 'Pending' || ";

  @Override
  @SuppressWarnings("NullAway") // fabric8 cannot instantiate records; null means "not set yet"
  protected BackupSpec initSpec() {
    return null;
  }

  @Override
  @SuppressWarnings("NullAway")
  protected BackupStatus initStatus() {
    return null;
  }
}
