package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.apis.managed.VeleroBackupStatus;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StatusTextsTest {

  private static VeleroBackupStatus status(String text, List<String> texts) {
    return new VeleroBackupStatus(
        new VeleroBackupObservation(
            "Failed", null, null, null, null, 3L, null, text, texts, List.of()),
        List.of(new Condition("Ready", "False", "2026-11-20T00:00:00Z", "Unavailable", text, 2L)),
        5L);
  }

  private static VeleroBackupStatus plain(VeleroBackupStatus status) {
    return StatusTexts.plain(status, new KubernetesSerialization());
  }

  @Test
  void textsAtAnyDepthAreCutAndHoldNoControlCharacters() {
    VeleroBackupStatus plain =
        plain(status("a\n\u001b[31m" + "x".repeat(2_000_000), List.of("b\rc")));

    VeleroBackupObservation seen = Objects.requireNonNull(plain.atProvider());
    assertThat(seen.failureReason()).hasSize(1024).startsWith("a  [31mx").endsWith("...");
    assertThat(seen.validationErrors()).containsExactly("b c");
    assertThat(plain.conditions())
        .singleElement()
        .extracting(Condition::message)
        .isEqualTo(seen.failureReason());
  }

  @Test
  void aListOfTextsIsCutInNumber() {
    VeleroBackupStatus plain = plain(status("a", Collections.nCopies(1000, "b")));

    assertThat(Objects.requireNonNull(plain.atProvider()).validationErrors())
        .hasSize(16)
        .endsWith("... and 985 more");
  }

  @Test
  void whatIsPlainAlreadyStaysTheSame() {
    VeleroBackupStatus status = status("Grüße", List.of("b"));

    assertThat(plain(status)).isSameAs(status);
  }
}
