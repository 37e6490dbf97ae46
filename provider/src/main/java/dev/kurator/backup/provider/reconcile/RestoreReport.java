package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.VeleroRestore;
import dev.kurator.backup.apis.managed.VeleroRestoreObservation;
import dev.kurator.backup.apis.managed.VeleroRestoreStatus;
import dev.kurator.backup.provider.member.MemberApiException;
import dev.kurator.backup.provider.velero.RestoreMarker;
import dev.kurator.backup.provider.velero.Restores;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is told about a VeleroRestore after one look. */
final class RestoreReport extends OneTimeReport<VeleroRestore, VeleroRestoreObservation> {

  private static final Logger log = LoggerFactory.getLogger(RestoreReport.class);

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

  /** A hub that is rebuilt without them would have to ask Velero, which may have forgotten. */
  @Override
  void remember(Footing footing, VeleroRestoreObservation explained) {
    RestoreMemory memory = new RestoreMemory(resource(), footing);
    try {
      if (memory.recall() instanceof RestoreSight.Memory.Ours(RestoreMarker marker)) {
        memory.note(marker.ended(explained));
      }
    } catch (MemberApiException e) {
      // the outcome itself is there already, and the hub is told in any case
      log.warn("{} does not remember why: {}", user(), e.getMessage());
    }
  }

  @Override
  List<Condition> conditions() {
    return hasStatus() ? resource().getStatus().conditions() : List.of();
  }

  @Override
  boolean writeStatus(
      @Nullable VeleroRestoreObservation seen, List<Condition> conditions, List<Mark> marks) {
    Long generation = resource().getMetadata().getGeneration();
    VeleroRestoreStatus status = new VeleroRestoreStatus(seen, conditions, generation);
    return Statuses.write(context(), resource(), status, marks);
  }
}
