package dev.kurator.backup.apis.managed;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/** One Velero Restore on a member, run once. */
@Group(Names.GROUP)
@Version(Names.VERSION)
@AdditionalPrinterColumn(
    name = "Synced",
    jsonPath = ".status.conditions[?(@.type=='Synced')].status")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type=='Ready')].status")
@AdditionalPrinterColumn(name = "Member", jsonPath = ".spec.providerConfigRef.name")
@AdditionalPrinterColumn(name = "Backup", jsonPath = ".status.atProvider.backupName")
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.atProvider.phase")
@AdditionalPrinterColumn(
    name = "External-Name",
    jsonPath = ".metadata.annotations.crossplane\\.io/external-name",
    priority = 1)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public class VeleroRestore extends HubResource<VeleroRestoreSpec, VeleroRestoreStatus>
    implements Namespaced {

  @Override
  protected boolean remembers() {
    return true;
  }
}
