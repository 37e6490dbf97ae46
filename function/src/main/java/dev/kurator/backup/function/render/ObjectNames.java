package dev.kurator.backup.function.render;

import dev.kurator.backup.function.claim.ClaimId;
import dev.kurator.backup.function.claim.Sha256;
import dev.kurator.backup.function.plan.Operation;

/**
 * Names on hub and members: readable, at most 63 long, and made from names alone, so that a claim
 * applied again on a rebuilt hub finds its backups.
 */
final class ObjectNames {

  private static final int LONGEST = 63;
  private static final int HASH = 8;

  private ObjectNames() {}

  static String install(ClaimId claim, String member) {
    return named(claim.name() + "-" + member, "VeleroInstall", claim, new Operation(member, ""));
  }

  static String backup(ClaimId claim, Operation operation) {
    return named(
        claim.name() + "-" + operation.policy() + "-" + operation.member(),
        "VeleroBackup",
        claim,
        operation);
  }

  /** On a member there are claims of every namespace, and of one member only. */
  static String onMember(ClaimId claim, Operation operation) {
    return named(
        claim.namespace()
            + "-"
            + claim.name()
            + "-"
            + operation.policy()
            + "-"
            + operation.member(),
        "VeleroBackup",
        claim,
        operation);
  }

  private static String named(String readable, String kind, ClaimId claim, Operation operation) {
    // No part can contain the separator, so different parts never give the same text.
    String parts =
        String.join(
            "|",
            kind,
            claim.kind(),
            claim.namespace(),
            claim.name(),
            operation.policy(),
            operation.member());
    int room = LONGEST - HASH - 1;
    String label = readable.replace('.', '-');
    String head = label.length() <= room ? label : label.substring(0, room);
    return head.replaceAll("-+$", "") + "-" + Sha256.hex(parts).substring(0, HASH);
  }
}
