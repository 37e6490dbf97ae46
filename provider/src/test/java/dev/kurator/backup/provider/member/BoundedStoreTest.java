package dev.kurator.backup.provider.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a watch keeps of a member's objects. */
class BoundedStoreTest {

  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  /** Half of what one member's watches may hold. */
  private static final int HALF = (int) (WatchMemory.MOST_OF_ONE / 2);

  private final List<String> unusable = new ArrayList<>();
  private final BoundedStore<GenericKubernetesResource> store =
      new BoundedStore<>("Backup", JSON, new WatchMemory(Long.MAX_VALUE / 2).part(), unusable::add);

  private static GenericKubernetesResource backup(String name, int bytes) {
    GenericKubernetesResource backup = new GenericKubernetesResource();
    backup.setApiVersion(VeleroKind.API_VERSION);
    backup.setKind(VeleroKind.Backup.name());
    backup.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("velero")
            .withName(name)
            .withCreationTimestamp("2026-01-01T00:00:00Z")
            .build());
    backup.setAdditionalProperty("status", Map.of("failureReason", "x".repeat(bytes)));
    return backup;
  }

  private void put(GenericKubernetesResource backup) {
    store.put(store.getKey(backup), backup);
  }

  @Test
  void anObjectThatTakesThePlaceOfAnotherCountsOnce() {
    for (int change = 0; change < 5; change++) {
      put(backup("b", HALF));
    }

    assertThat(store.size()).isOne();
    assertThat(unusable).isEmpty();
  }

  @Test
  void whatIsTooMuchIsRefusedAndToldAndADeletionMakesRoom() {
    put(backup("a", HALF));
    assertThatThrownBy(() -> put(backup("b", HALF))).isInstanceOf(UnusableAnswer.class);
    assertThat(unusable)
        .singleElement()
        .asString()
        .isEqualTo(
            "it holds too many or too large objects in Velero's namespace to watch; delete old"
                + " Backups");

    store.remove(store.getKey(backup("a", 0)));
    put(backup("b", HALF));
    assertThat(store.size()).isOne();
  }

  @Test
  void manySmallValuesCountForMoreThanTheirText() {
    GenericKubernetesResource backup = backup("b", 0);
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < HALF / 10; i++) {
      values.add(Map.of());
    }
    backup.setAdditionalProperty("status", Map.of("validationErrors", values));

    assertThatThrownBy(() -> put(backup)).isInstanceOf(UnusableAnswer.class);
  }

  @Test
  void anObjectThatNoApiServerGivesIsRefusedAndTold() {
    GenericKubernetesResource nameless = backup("b", 0);
    nameless.getMetadata().setName("b\u001b[31m");

    assertThatThrownBy(() -> store.getKey(nameless)).isInstanceOf(UnusableAnswer.class);
    assertThat(unusable)
        .containsExactly(
            "it gave a Backup without a valid name and time of creation; check its server");
  }

  @Test
  void onlyWhatIsReadIsKeptOfABackup() {
    GenericKubernetesResource backup = backup("b", 0);
    backup.getMetadata().setManagedFields(List.of(new ManagedFieldsEntry()));
    backup
        .getMetadata()
        .setAnnotations(
            new java.util.HashMap<>(
                Map.of("kubectl.kubernetes.io/last-applied-configuration", "x", "mine", "y")));
    backup.setAdditionalProperty(
        "spec", Map.of("storageLocation", "kb", "includedNamespaces", List.of("a")));
    put(backup);

    GenericKubernetesResource kept = store.values().findFirst().orElseThrow();
    assertThat(kept.<Object>get("spec")).isEqualTo(Map.of("storageLocation", "kb"));
    assertThat(kept.<Object>get("status")).isNotNull();
    assertThat(kept.getMetadata().getAnnotations()).containsOnlyKeys("mine");
    assertThat(kept.getMetadata().getManagedFields()).isNullOrEmpty();
  }
}
