package dev.kurator.backup.function.plan;

import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.function.claim.ClaimId;
import dev.kurator.backup.function.claim.Sha256;
import java.util.Map;
import java.util.TreeMap;

/**
 * The names that a claim gives on hub and members: readable, short enough, and made from names
 * alone, so that a claim applied again on a rebuilt hub finds its backups.
 *
 * @param claim whose objects
 */
public record Naming(ClaimId claim) {

  private static final int LONGEST = 63;

  /** Velero appends a time to the name of a Schedule, and the sum becomes a label. */
  private static final int LONGEST_OF_SCHEDULE = 48;

  private static final int HASH = 8;

  /** Of a VeleroInstall. */
  public String install(Site site) {
    String readable = claim.name() + "-" + site.member();
    return site.isOwn()
        ? named(LONGEST, readable, "VeleroInstall", site.member(), "")
        : named(
            LONGEST, readable + "-" + site.source(), "VeleroInstall", site.member(), site.source());
  }

  /** Of an operation's managed resource. */
  public String resource(Operation operation) {
    return named(LONGEST, claim.name(), operation);
  }

  /** Of what an operation makes on its member, where there are claims of every namespace. */
  public String onMember(Operation operation) {
    int longest =
        switch (operation.kind()) {
          case Backup, Restore -> LONGEST;
          case Schedule -> LONGEST_OF_SCHEDULE;
        };
    return named(longest, claim.namespace() + "-" + claim.name(), operation);
  }

  /** Labels of everything of the claim on the hub. */
  public Map<String, String> labels() {
    return Map.of(
        Names.CLAIM_KIND_LABEL,
        claim.kind(),
        Names.CLAIM_NAMESPACE_LABEL,
        claim.namespace(),
        Names.CLAIM_NAME_LABEL,
        claim.name());
  }

  /** Labels of a policy's managed resources, and of what they make on members. */
  public Map<String, String> labels(String policy) {
    Map<String, String> labels = new TreeMap<>(labels());
    labels.put(Names.POLICY_LABEL, policy);
    return labels;
  }

  private String named(int longest, String begin, Operation operation) {
    String readable = begin + "-" + operation.policy() + "-" + operation.member();
    String kind = operation.kind().resource();
    return named(longest, readable, kind, operation.member(), operation.policy());
  }

  private String named(int longest, String readable, String kind, String member, String further) {
    // No part can contain the separator, so different parts never give the same text.
    String parts =
        String.join("|", kind, claim.kind(), claim.namespace(), claim.name(), further, member);
    int room = longest - HASH - 1;
    String label = readable.replace('.', '-');
    String head = label.length() <= room ? label : label.substring(0, room);
    return head.replaceAll("-+$", "") + "-" + Sha256.hex(parts).substring(0, HASH);
  }
}
