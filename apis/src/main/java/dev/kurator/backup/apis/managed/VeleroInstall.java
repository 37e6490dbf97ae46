package dev.kurator.backup.apis.managed;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/** Velero on a member, ready and connected to one storage location. */
@Group(Names.GROUP)
@Version(Names.VERSION)
@AdditionalPrinterColumn(
    name = "Synced",
    jsonPath = ".status.conditions[?(@.type=='Synced')].status")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type=='Ready')].status")
@AdditionalPrinterColumn(name = "Member", jsonPath = ".spec.providerConfigRef.name")
@AdditionalPrinterColumn(name = "Location", jsonPath = ".status.atProvider.storageLocationPhase")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public class VeleroInstall extends HubResource<VeleroInstallSpec, VeleroInstallStatus>
    implements Namespaced {}
