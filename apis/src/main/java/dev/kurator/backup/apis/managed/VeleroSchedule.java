package dev.kurator.backup.apis.managed;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/** One Velero Schedule on a member. */
@Group(Names.GROUP)
@Version(Names.VERSION)
@AdditionalPrinterColumn(
    name = "Synced",
    jsonPath = ".status.conditions[?(@.type=='Synced')].status")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type=='Ready')].status")
@AdditionalPrinterColumn(name = "Member", jsonPath = ".spec.providerConfigRef.name")
@AdditionalPrinterColumn(name = "Schedule", jsonPath = ".spec.forProvider.schedule")
@AdditionalPrinterColumn(
    name = "Last-Successful",
    jsonPath = ".status.atProvider.lastSuccessfulBackup.startTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
    name = "External-Name",
    jsonPath = ".metadata.annotations.crossplane\\.io/external-name",
    priority = 1)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public class VeleroSchedule extends HubResource<VeleroScheduleSpec, VeleroScheduleStatus>
    implements Namespaced {

  @Override
  protected boolean remembers() {
    return true;
  }
}
