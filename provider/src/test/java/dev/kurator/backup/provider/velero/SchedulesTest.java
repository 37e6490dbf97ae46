package dev.kurator.backup.provider.velero;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.BackupPolicy;
import dev.kurator.backup.apis.claim.LabelSelector;
import dev.kurator.backup.apis.claim.ResourceFilter;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroScheduleParameters;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulesTest {

  private static final String IDENTITY = "11111111-2222-3333-4444-555555555555";
  private static final Map<String, String> CLAIM =
      Map.of(
          Names.CLAIM_KIND_LABEL, "Backup",
          Names.CLAIM_NAMESPACE_LABEL, "team-a",
          Names.CLAIM_NAME_LABEL, "daily",
          Names.POLICY_LABEL, "default");

  private static final BackupPolicy FILTERED =
      new BackupPolicy(
          new ResourceFilter(
              List.of("shop"),
              List.of(),
              List.of(),
              List.of(),
              null,
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              new LabelSelector(Map.of("app", "shop", "tier", "db"), List.of()),
              List.of()),
          "24h",
          Map.of("pods", "shop/db-0"),
          null,
          null);

  private static VeleroScheduleParameters parameters(
      @Nullable BackupPolicy policy, String cron, @Nullable Boolean paused) {
    return new VeleroScheduleParameters(
        "daily-0123abcd", "install", cron, paused, policy, CLAIM, "hash", null);
  }

  private static GenericKubernetesResource schedule(
      @Nullable BackupPolicy policy, String cron, @Nullable Boolean paused) {
    return Schedules.schedule(
        "daily-0123abcd",
        "velero",
        parameters(policy, cron, paused),
        "kb-0123456789abcdef",
        new Origin("hub", "team-a", IDENTITY, Set.of(IDENTITY)));
  }

  /** As it comes back from an API server. */
  private static GenericKubernetesResource stored(String yaml) {
    return Serialization.unmarshal(yaml, GenericKubernetesResource.class);
  }

  private static GenericKubernetesResource stored(GenericKubernetesResource made) {
    return stored(Serialization.asYaml(made));
  }

  @Test
  void everythingThatTheSpecSaysReachesTheSchedule() {
    Golden.check(
        "schedules.yaml",
        List.of(schedule(null, "@daily", null), schedule(FILTERED, "@every 6h", true)));
  }

  @Test
  void namesLeaveRoomForTheTimeOfTheRun() {
    String longest = "x".repeat(39) + "-0123abcd";
    assertThat(Schedules.name(longest, 0)).isEqualTo(longest).hasSize(48);
    assertThat(Schedules.name(longest, 1)).endsWith("-0123abcd-2").hasSize(48);
  }

  @ParameterizedTest
  @CsvSource({
    "daily-0123abcd-20261122120000, daily-0123abcd",
    "daily-0123abcd-2-20261122120000, daily-0123abcd-2",
    "daily-0123abcd, ",
    "by-hand, ",
  })
  void aRunNamesItsSchedule(String backup, @Nullable String schedule) {
    assertThat(Schedules.ofRun(backup).orElse(null)).isEqualTo(schedule);
  }

  @Test
  void whatVeleroAddsIsNoDifference() {
    GenericKubernetesResource wanted = schedule(FILTERED, "@daily", null);
    GenericKubernetesResource there = stored(wanted);
    there.getMetadata().setResourceVersion("7");
    there.getMetadata().getAnnotations().put("kubectl.kubernetes.io/x", "y");
    spec(there).put("skipImmediately", false);
    spec(there).remove("paused");
    spec(there).remove("useOwnerReferencesInBackup");
    template(there).put("hooks", Map.of());
    template(there).put("csiSnapshotTimeout", "0s");
    there.setAdditionalProperty("status", Map.of("phase", "Enabled"));
    assertThat(Schedules.difference(there, wanted)).isEmpty();
  }

  @Test
  void whatIsNoLongerWantedIsTakenOut() {
    GenericKubernetesResource before = stored(schedule(FILTERED, "@daily", null));
    Map<String, @Nullable Object> patch =
        Schedules.difference(before, schedule(null, "@daily", null));
    assertThat(new KubernetesSerialization().asJson(patch))
        .contains("\"includedNamespaces\":null")
        .contains("\"labelSelector\":null")
        .contains("\"orderedResources\":null")
        .contains("\"ttl\":\"720h\"")
        .doesNotContain("schedule\":")
        .doesNotContain("metadata");
  }

  @Test
  void aLabelThatIsNoLongerSelectedIsTakenOutOfItsSelector() {
    GenericKubernetesResource there = stored(schedule(FILTERED, "@daily", null));
    template(there).put("labelSelector", Map.of("matchLabels", Map.of("app", "x", "old", "y")));
    assertThat(
            new KubernetesSerialization()
                .asJson(Schedules.difference(there, schedule(FILTERED, "@daily", null))))
        .contains("\"old\":null")
        .contains("\"app\":\"shop\"")
        .contains("\"tier\":\"db\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{paused: true}",
        "{schedule: '@hourly'}",
        "{useOwnerReferencesInBackup: true}",
        "{template: {hooks: {resources: [{name: x}]}}}",
        "{template: {snapshotMoveData: true}}",
      })
  void whatSomebodyChangedByHandIsADifference(String change) {
    GenericKubernetesResource wanted = schedule(null, "@daily", null);
    GenericKubernetesResource there = stored(wanted);
    spec(stored("spec: " + change))
        .forEach(
            (field, value) -> {
              if (value instanceof Map<?, ?> inner) {
                inner.forEach((key, what) -> template(there).put(String.valueOf(key), what));
              } else {
                spec(there).put(String.valueOf(field), value);
              }
            });
    assertThat(Schedules.difference(there, wanted)).containsOnlyKeys("spec");
  }

  @Test
  void lostLabelsArePutBack() {
    GenericKubernetesResource wanted = schedule(null, "@daily", null);
    GenericKubernetesResource there = stored(wanted);
    there.getMetadata().getLabels().remove(Names.MEMBER_LABEL);
    there.getMetadata().setAnnotations(null);
    assertThat(Schedules.difference(there, wanted))
        .isEqualTo(
            Map.of(
                "metadata",
                Map.of(
                    "labels", Map.of(Names.MEMBER_LABEL, IDENTITY),
                    "annotations", Map.of(Names.POLICY_HASH_ANNOTATION, "hash"))));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> spec(GenericKubernetesResource schedule) {
    return (Map<String, Object>)
        Objects.requireNonNull(schedule.getAdditionalProperties().get("spec"));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> template(GenericKubernetesResource schedule) {
    return (Map<String, Object>) Objects.requireNonNull(spec(schedule).get("template"));
  }

  private static Existing match(GenericKubernetesResource existing, String hub, String location) {
    return Schedules.matches(
        existing,
        parameters(null, "@daily", null),
        location,
        new Origin(hub, "team-a", IDENTITY, Set.of(IDENTITY)));
  }

  @Test
  void onlyOurOwnScheduleOfTheSameClaimIsAdopted() {
    GenericKubernetesResource ours = schedule(FILTERED, "@hourly", true);
    assertThat(match(ours, "hub", "kb-0123456789abcdef")).isInstanceOf(Existing.Adoptable.class);
    assertThat(reason(match(ours, "other", "kb-0123456789abcdef"))).contains("hub hub made it");
    assertThat(reason(match(ours, "hub", "kb-other"))).contains("another storage location");
    ours.getMetadata().getLabels().put(Names.CLAIM_KIND_LABEL, "Migrate");
    assertThat(reason(match(ours, "hub", "kb-0123456789abcdef"))).contains("another claim");
    ours.getMetadata().getLabels().put(Names.CLAIM_KIND_LABEL, "Backup");
    ours.getMetadata().getLabels().put(Names.CLAIM_NAME_LABEL, "weekly");
    assertThat(reason(match(ours, "hub", "kb-0123456789abcdef"))).contains("another claim");
    ours.getMetadata().getLabels().put(Names.MEMBER_LABEL, "lost-cluster");
    assertThat(reason(match(ours, "hub", "kb-0123456789abcdef"))).contains("different cluster");
    ours.getMetadata().getLabels().remove(Names.HUB_LABEL);
    assertThat(reason(match(ours, "hub", "kb-0123456789abcdef"))).contains("not made by this");
  }

  private static String reason(Existing match) {
    return match instanceof Existing.Taken(String reason) ? reason : "";
  }

  @Test
  void theNextRunIsCountedFromTheLatestOfThree() {
    String yaml =
        """
        metadata: {name: s, creationTimestamp: "2026-11-20T08:30:00Z"}
        spec: {schedule: "0 * * * *"}
        status: {%s}
        """;
    assertThat(due(yaml.formatted(""))).isEqualTo("2026-11-20T09:00:00Z");
    assertThat(due(yaml.formatted("lastBackup: '2026-11-21T10:00:05Z'")))
        .isEqualTo("2026-11-21T11:00:00Z");
    // as Velero counts where somebody brought the Schedule back with its status
    assertThat(due(yaml.formatted("lastBackup: '2026-11-19T10:00:05Z'")))
        .isEqualTo("2026-11-19T11:00:00Z");
    assertThat(
            due(
                yaml.formatted(
                    "lastBackup: '2026-11-21T10:00:05Z', lastSkipped: '2026-11-21T12:10:00Z'")))
        .isEqualTo("2026-11-21T13:00:00Z");
    assertThat(Schedules.state(stored("metadata: {name: s}\nspec: {schedule: nonsense}")).due())
        .isEmpty();
  }

  private static String due(String yaml) {
    return Schedules.state(stored(yaml)).due().orElseThrow().toString();
  }
}
