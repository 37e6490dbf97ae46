package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.VeleroRestore;
import dev.kurator.backup.apis.managed.VeleroRestoreObservation;
import dev.kurator.backup.apis.managed.VeleroRestoreStatus;
import dev.kurator.backup.provider.velero.Restores;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is told about a VeleroRestore after one look. */
final class RestoreReport extends OneTimeReport<VeleroRestore, VeleroRestoreObservation> {

  RestoreReport(Desk desk, Context<VeleroRestore> context, VeleroRestore restore, Instant now) {
    super(desk, context, Operation.of(restore), restore, now);
  }

  /** The same about a newer state of the resource. */
  RestoreReport of(VeleroRestore newer) {
    return new RestoreReport(desk(), context(), newer, now());
  }

  @Override
  OneTimeSituation<VeleroRestoreObservation> situation() {
    return OneTimeSituation.of(resource(), now());
  }

  @Override
  Instant deadline() {
    return OneTimeSituation.deadline(resource());
  }

  @Override
  @Nullable String progressInterval() {
    return resource().getSpec().forProvider().progressInterval();
  }

  @Override
  VeleroRestoreObservation explained(VeleroRestoreObservation seen, List<String> reasons) {
    return Restores.explained(seen, reasons);
  }

  @Override
  List<Condition> conditions() {
    return known() ? resource().getStatus().conditions() : List.of();
  }

  @Override
  boolean write(@Nullable VeleroRestoreObservation seen, List<Mark> marks) {
    Long generation = resource().getMetadata().getGeneration();
    List<Condition> after = Mark.apply(conditions(), marks, generation, now());
    desk().states().note(user(), seen != null, after);
    return Statuses.write(
        context(), resource(), new VeleroRestoreStatus(seen, after, generation), marks);
  }
}
