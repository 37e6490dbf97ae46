package dev.kurator.backup.provider.velero;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.Names;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OriginTest {

  private static final Map<String, String> CLAIM =
      Map.of(
          Names.CLAIM_KIND_LABEL, "Backup",
          Names.CLAIM_NAMESPACE_LABEL, "team-a",
          Names.CLAIM_NAME_LABEL, "daily",
          Names.POLICY_LABEL, "default");
  private static final Origin ORIGIN =
      new Origin("hub", "team-a", "paris", Set.of("paris", "lost-paris"));

  private static ConfigMap labelled(Map<String, String> labels) {
    return new ConfigMapBuilder().withNewMetadata().withLabels(labels).endMetadata().build();
  }

  @Test
  void whatIsMadeSaysForWhomWhateverTheSpecSays() {
    Map<String, String> forged =
        Map.of(
            Names.CLAIM_NAMESPACE_LABEL,
            "team-b",
            Names.CLAIM_NAME_LABEL,
            "daily",
            Names.HUB_LABEL,
            "other",
            Names.MEMBER_LABEL,
            "berlin",
            Names.RELEASED_LABEL,
            "true",
            "backup.kurator.dev/anything",
            "x",
            Schedules.NAME_LABEL,
            "somebody-elses",
            "app",
            "shop");
    assertThat(ORIGIN.labels(forged))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                Names.CLAIM_NAMESPACE_LABEL,
                "team-a",
                Names.CLAIM_NAME_LABEL,
                "daily",
                Names.HUB_LABEL,
                "hub",
                Names.MEMBER_LABEL,
                "paris",
                "app",
                "shop"));
    assertThat(ORIGIN.ofClaim(forged))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                Names.CLAIM_NAMESPACE_LABEL,
                "team-a",
                Names.CLAIM_NAME_LABEL,
                "daily",
                "app",
                "shop"));
  }

  @Test
  void itsOwnIsWhatItMadeHereOrOnTheMemberThatThisOneReplaces() {
    ConfigMap own = labelled(ORIGIN.labels(CLAIM));
    assertThat(ORIGIN.stranger(own, CLAIM)).isEmpty();
    own.getMetadata().getLabels().put(Names.MEMBER_LABEL, "lost-paris");
    assertThat(ORIGIN.stranger(own, CLAIM)).isEmpty();
  }

  @Test
  void anyOtherHubMemberNamespaceClaimOrPolicyIsAStranger() {
    assertThat(with(Names.HUB_LABEL, "other")).hasValue("hub other made it (--hub-id)");
    assertThat(with(Names.MEMBER_LABEL, "berlin"))
        .hasValue("it was made for a different cluster (identity berlin)");
    for (String label : CLAIM.keySet()) {
      assertThat(with(label, "other")).hasValue("it was made for another claim or policy");
    }
    assertThat(ORIGIN.stranger(labelled(Map.of()), CLAIM))
        .hasValue("it was not made by this provider");
  }

  private static java.util.Optional<String> with(String label, String value) {
    ConfigMap object = labelled(new java.util.TreeMap<>(ORIGIN.labels(CLAIM)));
    object.getMetadata().getLabels().put(label, value);
    return ORIGIN.stranger(object, CLAIM);
  }
}
