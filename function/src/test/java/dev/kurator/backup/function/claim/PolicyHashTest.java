package dev.kurator.backup.function.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.BackupPolicy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyHashTest {

  @Test
  void hashesOfThisReleaseNeverChange() {
    assertThat(PolicyHash.of(BackupPolicy.UNSET)).isEqualTo(Sha256.hex("{}").substring(0, 16));
    assertThat(PolicyHash.of(new BackupPolicy(null, "48h", Map.of("pods", "a/b"), null, false)))
        .isEqualTo(
            Sha256.hex(
                    "{\"defaultVolumesToFsBackup\":false,\"orderedResources\":{\"pods\":\"a/b\"},"
                        + "\"ttl\":\"48h\"}")
                .substring(0, 16));
  }

  @Test
  void theOrderOfKeysDoesNotMatter() {
    Map<String, String> oneWay = new LinkedHashMap<>();
    oneWay.put("pods", "a/b");
    oneWay.put("secrets", "a/c");
    Map<String, String> other = new LinkedHashMap<>();
    other.put("secrets", "a/c");
    other.put("pods", "a/b");

    assertThat(PolicyHash.of(new BackupPolicy(null, null, oneWay, null, null)))
        .isEqualTo(PolicyHash.of(new BackupPolicy(null, null, other, null, null)));
  }

  @Test
  void quotesInValuesCannotImitateOtherPolicies() {
    BackupPolicy tricky = new BackupPolicy(null, null, Map.of("a", "x\",\"b\":\"y"), null, null);
    BackupPolicy plain = new BackupPolicy(null, null, Map.of("a", "x", "b", "y"), null, null);

    assertThat(PolicyHash.of(tricky)).isNotEqualTo(PolicyHash.of(plain));
  }
}
