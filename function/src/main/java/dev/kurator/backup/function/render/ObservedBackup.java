package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.apis.managed.VeleroBackupParameters;
import dev.kurator.backup.apis.managed.VeleroBackupSpec;
import dev.kurator.backup.apis.managed.VeleroBackupStatus;
import dev.kurator.backup.function.plan.Taken;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A VeleroBackup as it is on the hub.
 *
 * @param name its metadata.name
 * @param externalName name of Velero's Backup, null before the provider has chosen it
 * @param spec its spec, without what others may set
 * @param status its status, empty before the provider has seen it
 */
public record ObservedBackup(
    String name, @Nullable String externalName, VeleroBackupSpec spec, VeleroBackupStatus status)
    implements ObservedOperation {

  /** Leaves out what others may set. */
  public ObservedBackup {
    spec = new VeleroBackupSpec(spec.forProvider(), List.of(), spec.providerConfigRef());
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

  @Override
  public VeleroBackupSpec retaining() {
    VeleroBackupParameters as = spec.forProvider();
    return new VeleroBackupSpec(
        new VeleroBackupParameters(
            as.name(),
            as.installName(),
            as.policy(),
            as.labels(),
            as.policyHash(),
            as.startDeadline(),
            as.progressInterval(),
            DeletionPolicy.Retain),
        List.of(),
        spec.providerConfigRef());
  }

  /** How far it has come. */
  Taken taken() {
    VeleroBackupObservation seen = status.atProvider();
    return seen == null
        ? Taken.of(externalName, null, null, List.of(), Optional.empty())
        : Taken.of(
            externalName,
            seen.phase(),
            seen.failureReason(),
            Stream.concat(seen.validationErrors().stream(), seen.reasons().stream()).toList(),
            new Health(conditions()).remark());
  }
}
