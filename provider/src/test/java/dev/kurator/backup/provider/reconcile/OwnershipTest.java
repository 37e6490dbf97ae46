package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.ManagementPolicy;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackup;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnershipTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "none, none, none, All, None",
        "a, a, none, All, Recorded",
        "a, a, none, Observe, Recorded",
        "b, a, 2026-11-29T00:00:00Z, All, None",
        "a, none, 2026-11-29T00:00:00Z, All, Recorded",
        "a, none, none, All, Possible",
        "a, none, none, Create, Possible",
        "a, none, none, Observe, None",
        "a, none, none, Delete, None",
      })
  void onlyWhatItWroteDownItselfIsItsOwnForSure(
      @Nullable String externalName,
      @Nullable String owned,
      @Nullable String pending,
      String policy,
      Ownership expected) {
    Map<String, String> annotations = new TreeMap<>();
    put(annotations, Names.EXTERNAL_NAME, externalName);
    put(annotations, Names.OWNED, owned);
    put(annotations, Names.EXTERNAL_CREATE_PENDING, pending);
    VeleroBackup backup = Samples.backup("backup", null, "1h");
    backup.getMetadata().setAnnotations(annotations);
    assertThat(Ownership.of(backup, Policies.of(backup, policies(policy)))).isEqualTo(expected);
  }

  private static List<ManagementPolicy> policies(String name) {
    return List.of(ManagementPolicy.valueOf(name));
  }

  private static void put(Map<String, String> to, String key, @Nullable String value) {
    if (value != null) {
      to.put(key, value);
    }
  }
}
