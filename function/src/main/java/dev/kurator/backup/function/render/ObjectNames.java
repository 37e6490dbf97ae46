package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.function.claim.ClaimId;
import dev.kurator.backup.function.claim.Sha256;
import dev.kurator.backup.function.plan.Operation;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names on hub and members: readable, short enough, and made from names alone, so that a claim
 * applied again on a rebuilt hub finds its backups. A name that is observed stays: Crossplane lets
 * nobody rename, and what refers to it must say the same.
 *
 * @param claim whose objects
 * @param observed those that are there
 */
record ObjectNames(ClaimId claim, Observed observed) {

  private static final int LONGEST = 63;

  /** Velero appends a time to the name of a Schedule, and the sum becomes a label. */
  private static final int LONGEST_OF_SCHEDULE = 48;

  private static final int HASH = 8;

  /** A member's VeleroInstall. */
  String install(String member) {
    ObservedInstall install = observed.installs().get(member);
    return install == null
        ? named(LONGEST, claim.name() + "-" + member, "VeleroInstall", member, "")
        : install.name();
  }

  /** An operation's managed resource. */
  String resource(Operation operation) {
    ObservedOperation there = observed.operations().get(operation);
    return there == null ? named(LONGEST, claim.name(), operation) : there.name();
  }

  /** What an operation makes on its member, where there are claims of every namespace. */
  String onMember(Operation operation) {
    ObservedOperation there = observed.operations().get(operation);
    int longest =
        switch (operation.kind()) {
          case Backup -> LONGEST;
          case Schedule -> LONGEST_OF_SCHEDULE;
        };
    return there == null
        ? named(longest, claim.namespace() + "-" + claim.name(), operation)
        : there.wantedName();
  }

  /** Labels of everything of the claim on the hub. */
  Map<String, String> labels() {
    return Map.of(
        Names.CLAIM_NAMESPACE_LABEL, claim.namespace(), Names.CLAIM_NAME_LABEL, claim.name());
  }

  /** Labels of an operation's managed resource, and of what it makes on the member. */
  Map<String, String> labels(Operation operation) {
    Map<String, String> labels = new TreeMap<>(labels());
    labels.put(Names.POLICY_LABEL, operation.policy());
    return labels;
  }

  private String named(int longest, String begin, Operation operation) {
    String readable = begin + "-" + operation.policy() + "-" + operation.member();
    String kind = Keys.resource(operation.kind());
    return named(longest, readable, kind, operation.member(), operation.policy());
  }

  private String named(int longest, String readable, String kind, String member, String policy) {
    // No part can contain the separator, so different parts never give the same text.
    String parts =
        String.join("|", kind, claim.kind(), claim.namespace(), claim.name(), policy, member);
    int room = longest - HASH - 1;
    String label = readable.replace('.', '-');
    String head = label.length() <= room ? label : label.substring(0, room);
    return head.replaceAll("-+$", "") + "-" + Sha256.hex(parts).substring(0, HASH);
  }
}
