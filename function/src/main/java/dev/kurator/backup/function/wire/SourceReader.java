package dev.kurator.backup.function.wire;

import dev.kurator.backup.apis.claim.BackupSpec;
import dev.kurator.backup.function.claim.BackupClaim;
import dev.kurator.backup.function.claim.BackupIntent;
import dev.kurator.backup.function.claim.RestoreIntent;
import dev.kurator.backup.function.claim.Verdict;
import dev.kurator.backup.function.plan.SourceBackup;
import dev.kurator.backup.function.wire.struct.MalformedException;
import dev.kurator.backup.function.wire.struct.StructBytes;
import dev.kurator.crossplane.fn.v1.Requirements;
import dev.kurator.crossplane.fn.v1.ResourceSelector;
import dev.kurator.crossplane.fn.v1.Resources;
import java.util.Map;

/** Asks Crossplane for the Backup that a Restore names, and reads its answer. */
final class SourceReader {

  private static final String KEY = "backup";

  private SourceReader() {}

  /**
   * The requirement, if the claim names a Backup.
   *
   * @param namespace the claim's: a Restore reads no other
   */
  static Requirements requirements(Verdict verdict, String namespace) {
    Requirements.Builder requirements = Requirements.newBuilder();
    if (verdict instanceof Verdict.Valid(RestoreIntent restore)) {
      requirements.putResources(
          KEY,
          ResourceSelector.newBuilder()
              .setApiVersion(ClaimKind.API_VERSION)
              .setKind(ClaimKind.Backup.name())
              .setMatchName(restore.backupName())
              .setNamespace(namespace)
              .build());
    }
    return requirements.build();
  }

  /** The answer. */
  static SourceBackup read(Map<String, Resources> required) throws UnreadableException {
    Resources answer = required.get(KEY);
    if (answer == null) {
      return new SourceBackup.Unlisted();
    }
    if (answer.getItemsCount() == 0) {
      return new SourceBackup.Missing();
    }
    StructBytes backup = StructBytes.of(answer.getItems(0).getResource());
    try {
      return backup.struct("metadata").has("deletionTimestamp")
          ? new SourceBackup.Leaving()
          : read(ClaimReader.read(backup), backup.struct("spec"));
    } catch (MalformedException e) {
      throw new UnreadableException("cannot read the Backup to restore", e);
    }
  }

  private static SourceBackup read(Claim claim, StructBytes spec) throws UnreadableException {
    return switch (usable(claim, spec)) {
      case Verdict.Valid(BackupIntent backup) ->
          new SourceBackup.Found(claim.id(), backup, claim.earlier());
      case Verdict.Valid _ ->
          throw new UnreadableException(
              "was given a " + claim.kind() + " where it asked for a Backup");
      case Verdict.Invalid invalid -> new SourceBackup.Invalid(invalid.problems());
    };
  }

  /** What an accepted Backup has taken can be restored, also where it would be refused today. */
  private static Verdict usable(Claim claim, StructBytes spec) {
    if (!(claim.verdict() instanceof Verdict.Invalid)
        || claim.kind() != ClaimKind.Backup
        || !claim.earlier().started()) {
      return claim.verdict();
    }
    try {
      return BackupClaim.readAccepted(claim.id(), spec.as("spec", BackupSpec.class));
    } catch (MalformedException e) {
      return claim.verdict();
    }
  }
}
