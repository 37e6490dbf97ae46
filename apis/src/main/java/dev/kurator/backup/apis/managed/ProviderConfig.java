package dev.kurator.backup.apis.managed;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/** Registers a member cluster for claims of its own namespace. */
@Group(Names.GROUP)
@Version(Names.VERSION)
@AdditionalPrinterColumn(name = "Fleet", jsonPath = ".metadata.labels.fleet\\.kurator\\.dev/name")
@AdditionalPrinterColumn(
    name = "Users",
    jsonPath = ".status.users",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public class ProviderConfig extends HubResource<ProviderConfigSpec, ProviderConfigStatus>
    implements Namespaced {}
