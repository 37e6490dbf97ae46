package dev.kurator.backup.provider.velero;

import dev.kurator.backup.apis.managed.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whom the objects of one managed resource on a member are made by and for, as their labels say.
 *
 * @param hubId chosen identity of the hub
 * @param claimNamespace namespace of the managed resource, which is that of its claim
 * @param member identity (UID of kube-system) of the member
 * @param identities the member's own, and that of the lost cluster it replaces
 */
public record Origin(String hubId, String claimNamespace, String member, Set<String> identities) {

  private static final List<String> CLAIM_LABELS =
      List.of(
          Names.CLAIM_KIND_LABEL,
          Names.CLAIM_NAMESPACE_LABEL,
          Names.CLAIM_NAME_LABEL,
          Names.POLICY_LABEL);

  private static final List<String> RESERVED =
      List.of("backup.kurator.dev/", Names.GROUP + "/", "velero.io/");

  /**
   * Labels of what is made. Those by which objects are told apart cannot be chosen freely: with
   * another namespace's, its restores would take this one's backups for their own.
   *
   * @param given those of the spec
   */
  public Map<String, String> labels(Map<String, String> given) {
    Map<String, String> labels = ofClaim(given);
    labels.put(Names.HUB_LABEL, hubId);
    labels.put(Names.MEMBER_LABEL, member);
    return labels;
  }

  /** The same without hub and member, for what is no object of Velero's. */
  public Map<String, String> ofClaim(Map<String, String> given) {
    Map<String, String> labels = new LinkedHashMap<>();
    given.forEach(
        (key, value) -> {
          if (RESERVED.stream().noneMatch(key::startsWith) || CLAIM_LABELS.contains(key)) {
            labels.put(key, value);
          }
        });
    labels.put(Names.CLAIM_NAMESPACE_LABEL, claimNamespace);
    return labels;
  }

  /**
   * Why an object was made by another hub, on another member or for another claim.
   *
   * @param given labels of the spec
   * @return empty where its labels say that it is this one's
   */
  public Optional<String> stranger(HasMetadata existing, Map<String, String> given) {
    return otherHub(existing).or(() -> otherMember(existing)).or(() -> otherClaim(existing, given));
  }

  /** Why it is not this hub's; empty where it is. */
  Optional<String> otherHub(HasMetadata existing) {
    return switch (Owner.of(existing, hubId)) {
      case Owner.Ours ours -> Optional.empty();
      case Owner.Foreign foreign -> Optional.of("it was not made by this provider");
      case Owner.OtherHub(String other) ->
          Optional.of("hub %s made it (--hub-id)".formatted(other));
    };
  }

  private Optional<String> otherMember(HasMetadata existing) {
    String identity = labelsOf(existing).get(Names.MEMBER_LABEL);
    return identity != null && identities.contains(identity)
        ? Optional.empty()
        : Optional.of("it was made for a different cluster (identity %s)".formatted(identity));
  }

  /** Why it is not the same claim's; empty where it is. */
  Optional<String> otherClaim(HasMetadata existing, Map<String, String> given) {
    Map<String, String> wanted = ofClaim(given);
    return Stream.of(existing)
        .map(Origin::labelsOf)
        .filter(
            labels ->
                CLAIM_LABELS.stream()
                    .anyMatch(label -> !Objects.equals(labels.get(label), wanted.get(label))))
        .map(labels -> "it was made for another claim or policy")
        .findFirst();
  }

  private static Map<String, String> labelsOf(HasMetadata existing) {
    return Objects.requireNonNullElse(existing.getMetadata().getLabels(), Map.of());
  }
}
