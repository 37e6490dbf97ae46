package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.apis.managed.VeleroScheduleParameters;
import dev.kurator.backup.apis.managed.VeleroScheduleSpec;
import dev.kurator.backup.apis.managed.VeleroScheduleStatus;
import java.util.List;

/**
 * A VeleroSchedule as it is on the hub.
 *
 * @param name its metadata.name
 * @param spec its spec, without what others may set
 * @param status its status, empty before the provider has seen it
 */
public record ObservedSchedule(String name, VeleroScheduleSpec spec, VeleroScheduleStatus status)
    implements ObservedOperation {

  /** Leaves out what others may set. */
  public ObservedSchedule {
    spec = new VeleroScheduleSpec(spec.forProvider(), List.of(), spec.providerConfigRef());
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
    return spec.forProvider().deletionPolicy() == DeletionPolicy.Delete;
  }

  @Override
  public List<Condition> conditions() {
    return status.conditions();
  }

  /** Whether its spec says by itself that no data goes with it. */
  boolean retains() {
    return spec.forProvider().deletionPolicy() == DeletionPolicy.Retain;
  }

  @Override
  public VeleroScheduleSpec retaining() {
    VeleroScheduleParameters as = spec.forProvider();
    return new VeleroScheduleSpec(
        new VeleroScheduleParameters(
            as.name(),
            as.installName(),
            as.schedule(),
            as.paused(),
            as.policy(),
            as.labels(),
            as.policyHash(),
            DeletionPolicy.Retain),
        List.of(),
        spec.providerConfigRef());
  }
}
