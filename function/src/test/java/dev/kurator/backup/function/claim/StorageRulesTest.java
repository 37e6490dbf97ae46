package dev.kurator.backup.function.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.LocationSyntax;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StorageRulesTest {

  @Test
  void allowsTheSameSettingsAsTheSchema() throws IOException {
    Path xrd = Path.of("../package/configuration/apis/backups.backup.kurator.dev.yaml");
    // Long texts are folded in the generated file.
    String schema = Files.readString(xrd).replaceAll("\\\\\\n *\\\\? ?", " ").replaceAll(" +", " ");

    assertThat(LocationSyntax.CONFIG_KEYS)
        .allSatisfy(
            (provider, keys) ->
                assertThat(schema).contains(provider + ": " + String.join(", ", keys)));
  }
}
