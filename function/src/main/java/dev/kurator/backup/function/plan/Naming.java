package dev.kurator.backup.function.plan;

import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.function.claim.ClaimId;
import dev.kurator.backup.function.claim.Sha256;
import java.util.Map;
import java.util.TreeMap;

/**
 * The names that a claim gives: readable and short enough. Those on members are made from names
 * alone, so that a claim applied again on a rebuilt hub finds its backups. Those on the hub are
 * this claim's only: Crossplane would take over what an earlier claim of its name has left there,
 * and with it how that ended and what it said about its data.
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
        ? named(LONGEST, readable, parts("VeleroInstall", site.member(), "") + instance())
        : named(
            LONGEST,
            readable + "-" + site.source(),
            parts("VeleroInstall", site.member(), site.source()) + instance());
  }

  /** Of an operation's managed resource. */
  public String resource(Operation operation) {
    return named(LONGEST, readable(claim.name(), operation), parts(operation) + instance());
  }

  /** Of what an operation makes on its member, where there are claims of every namespace. */
  public String onMember(Operation operation) {
    int longest =
        switch (operation.kind()) {
          case Backup, Restore -> LONGEST;
          case Schedule -> LONGEST_OF_SCHEDULE;
        };
    String begin = claim.namespace() + "-" + claim.name();
    return named(longest, readable(begin, operation), parts(operation));
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

  private static String readable(String begin, Operation operation) {
    return begin + "-" + operation.policy() + "-" + operation.member();
  }

  private String parts(Operation operation) {
    return parts(operation.kind().resource(), operation.member(), operation.policy());
  }

  /** No part can contain the separator, so different parts never give the same text. */
  private String parts(String kind, String member, String further) {
    return String.join("|", kind, claim.kind(), claim.namespace(), claim.name(), further, member);
  }

  private String instance() {
    return claim.uid().isEmpty() ? "" : "|" + claim.uid();
  }

  private static String named(int longest, String readable, String parts) {
    int room = longest - HASH - 1;
    String label = readable.replace('.', '-');
    String head = label.length() <= room ? label : label.substring(0, room);
    return head.replaceAll("-+$", "") + "-" + Sha256.hex(parts).substring(0, HASH);
  }
}
