package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.apis.managed.VeleroRestoreSpec;
import dev.kurator.backup.apis.managed.VeleroRestoreStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A VeleroRestore as it is on the hub.
 *
 * @param name its metadata.name
 * @param externalName name of Velero's Restore, null before the provider has chosen it
 * @param spec its spec, without what others may set
 * @param status its status, empty before the provider has seen it
 */
public record ObservedRestore(
    String name, @Nullable String externalName, VeleroRestoreSpec spec, VeleroRestoreStatus status)
    implements ObservedOperation {

  /** Leaves out what others may set. */
  public ObservedRestore {
    spec = new VeleroRestoreSpec(spec.forProvider(), List.of(), spec.providerConfigRef());
  }

  @Override
  public String wantedName() {
    return spec.forProvider().name();
  }

  @Override
  public String installName() {
    return spec.forProvider().installName();
  }

  @Override
  public ProviderConfigReference member() {
    return spec.providerConfigRef();
  }

  @Override
  public boolean deletesData() {
    return false;
  }

  @Override
  public VeleroRestoreSpec retaining() {
    return spec;
  }

  @Override
  public List<Condition> conditions() {
    return status.conditions();
  }
}
