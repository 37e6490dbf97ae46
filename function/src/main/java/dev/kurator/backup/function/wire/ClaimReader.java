package dev.kurator.backup.function.wire;

import dev.kurator.backup.apis.claim.BackupStatus;
import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.claim.MigrateStatus;
import dev.kurator.backup.apis.claim.RestoreStatus;
import dev.kurator.backup.function.claim.ClaimId;
import dev.kurator.backup.function.plan.Asked;
import dev.kurator.backup.function.plan.Earlier;
import dev.kurator.backup.function.plan.Obstacle;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.render.ClaimCondition;
import dev.kurator.backup.function.wire.struct.MalformedException;
import dev.kurator.backup.function.wire.struct.StructBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decodes a claim. */
final class ClaimReader {

  private ClaimReader() {}

  static Claim read(StructBytes composite) throws UnreadableException {
    try {
      ClaimKind kind = kind(composite.text("apiVersion"), composite.text("kind"));
      ClaimId id = id(composite.struct("metadata"), kind);
      StructBytes spec = composite.struct("spec");
      StructBytes status = composite.struct("status");
      Asked asked = asked(kind, spec);
      List<ClaimCondition> conditions = conditions(status);
      return new Claim(
          id,
          kind,
          asked,
          kind.read(id, spec),
          earlier(status, asked, refusal(conditions)),
          conditions,
          spec.text("deletionPolicy").equals(DeletionPolicy.Delete.name()));
    } catch (MalformedException e) {
      throw new UnreadableException("cannot read the claim", e);
    }
  }

  private static ClaimKind kind(String apiVersion, String name) throws UnreadableException {
    return ClaimKind.of(apiVersion, name)
        .orElseThrow(
            () ->
                new UnreadableException(
                    "this function handles composites "
                        + ClaimKind.all()
                        + " of "
                        + ClaimKind.API_VERSION
                        + ", not \""
                        + name
                        + "\" of \""
                        + apiVersion
                        + "\"; remove it from the pipeline of that composite"));
  }

  private static Asked asked(ClaimKind kind, StructBytes spec) throws MalformedException {
    return switch (kind) {
      case Backup -> spec.has("schedule") ? Asked.Schedule : Asked.Backup;
      case Restore -> Asked.Restore;
      case Migrate -> Asked.Migrate;
    };
  }

  /** The one place that knows where a claim's namespace comes from. */
  private static ClaimId id(StructBytes metadata, ClaimKind kind)
      throws UnreadableException, MalformedException {
    String namespace = metadata.text("namespace");
    String name = metadata.text("name");
    if (namespace.isEmpty() || name.isEmpty()) {
      throw new UnreadableException(
          kind + " \"" + name + "\" has no namespace; its definition must be of scope Namespaced");
    }
    return new ClaimId(kind.name(), namespace, name, metadata.text("uid"));
  }

  private static Earlier earlier(StructBytes status, Asked asked, Optional<Obstacle.Reason> refusal)
      throws MalformedException {
    Earlier read =
        switch (asked) {
          case Backup ->
              Earlier.of(
                  status.asHint("status", BackupStatus.class), Operation.Kind.Backup, refusal);
          case Schedule ->
              Earlier.of(
                  status.asHint("status", BackupStatus.class), Operation.Kind.Schedule, refusal);
          case Restore -> Earlier.of(status.asHint("status", RestoreStatus.class), refusal);
          case Migrate -> Earlier.of(status.asHint("status", MigrateStatus.class), refusal);
        };
    return read.phase() == null && status.has("phase") ? read.inUnknownPhase() : read;
  }

  private static Optional<Obstacle.Reason> refusal(List<ClaimCondition> conditions) {
    return conditions.stream()
        .filter(one -> one.type().equals(ClaimCondition.ACCEPTED))
        .filter(one -> one.status() == ClaimCondition.Status.False)
        .flatMap(one -> Obstacle.Reason.of(one.reason()).stream())
        .findFirst();
  }

  private static List<StructBytes> conditionsOf(StructBytes status) {
    try {
      return status.structs("conditions");
    } catch (MalformedException e) {
      return List.of();
    }
  }

  private static List<ClaimCondition> conditions(StructBytes status) throws MalformedException {
    List<ClaimCondition> read = new ArrayList<>();
    for (StructBytes condition : conditionsOf(status)) {
      ClaimCondition.Status value =
          switch (condition.text("status")) {
            case "True" -> ClaimCondition.Status.True;
            case "False" -> ClaimCondition.Status.False;
            default -> ClaimCondition.Status.Unknown;
          };
      read.add(
          new ClaimCondition(
              condition.text("type"), value, condition.text("reason"), condition.text("message")));
    }
    return read;
  }
}
