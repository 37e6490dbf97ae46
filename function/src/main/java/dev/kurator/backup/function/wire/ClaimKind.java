package dev.kurator.backup.function.wire;

import dev.kurator.backup.apis.claim.BackupSpec;
import dev.kurator.backup.apis.claim.MigrateSpec;
import dev.kurator.backup.apis.claim.RestoreSpec;
import dev.kurator.backup.function.claim.BackupClaim;
import dev.kurator.backup.function.claim.ClaimId;
import dev.kurator.backup.function.claim.MigrateClaim;
import dev.kurator.backup.function.claim.Problem;
import dev.kurator.backup.function.claim.RestoreClaim;
import dev.kurator.backup.function.claim.Verdict;
import dev.kurator.backup.function.wire.struct.MalformedException;
import dev.kurator.backup.function.wire.struct.StructBytes;
import dev.kurator.backup.function.wire.struct.StructTree;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The kinds of claims that this function carries out. */
enum ClaimKind {
  /** Data of a fleet goes to a bucket. */
  Backup(BackupSpec.class),
  /** Data comes back from there. */
  Restore(RestoreSpec.class),
  /** Data of one member goes to others. */
  Migrate(MigrateSpec.class);

  static final String API_VERSION = "backup.kurator.dev/v1alpha1";

  /** Where Crossplane keeps its own notes in a composite's spec. */
  private static final Set<String> CROSSPLANES_OWN = Set.of("crossplane");

  private final Class<? extends Record> spec;

  ClaimKind(Class<? extends Record> spec) {
    this.spec = spec;
  }

  /** The one of that name and version, if it is one of ours. */
  static Optional<ClaimKind> of(String apiVersion, String kind) {
    return Arrays.stream(values())
        .filter(one -> one.name().equals(kind) && API_VERSION.equals(apiVersion))
        .findFirst();
  }

  /** All of them, for a sentence. */
  static String all() {
    return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
  }

  /** What we own of the composite's status: everything else belongs to other functions. */
  List<String> statusFields() {
    return switch (this) {
      case Backup -> List.of("phase", "summary", "deletionPolicy", "backupDetails");
      case Restore -> List.of("phase", "summary", "restoreDetails");
      case Migrate ->
          List.of(
              "phase", "summary", "deletionPolicy", "sourceClusterStatus", "targetClusterStatus");
    };
  }

  /** Reads a spec, and finds everything that is wrong with it. */
  Verdict read(ClaimId id, StructBytes written) throws MalformedException {
    List<Problem> mismatches = mismatches(written);
    if (!mismatches.isEmpty()) {
      return new Verdict.Invalid(mismatches);
    }
    return switch (this) {
      case Backup -> BackupClaim.read(id, written.as("spec", BackupSpec.class));
      case Migrate -> MigrateClaim.read(id, written.as("spec", MigrateSpec.class));
      case Restore -> RestoreClaim.read(id, written.as("spec", RestoreSpec.class));
    };
  }

  private List<Problem> mismatches(StructBytes written) {
    try {
      return Shape.mismatches(StructTree.read(written), spec, "spec", CROSSPLANES_OWN);
    } catch (MalformedException e) {
      return List.of(new Problem("spec", "cannot be read: " + e.getMessage()));
    }
  }
}
