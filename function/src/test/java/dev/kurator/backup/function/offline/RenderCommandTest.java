package dev.kurator.backup.function.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RenderCommandTest {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int render(String... args) {
    return new CommandLine(new RenderCommand(InstantSource.fixed(GoldenCase.NOW)))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args);
  }

  private static String in(String golden, String file) {
    return GoldenCase.named(golden).folder().resolve(file).toString();
  }

  private String file(String content) throws IOException {
    Path file = Files.createTempFile(folder, "input", ".yaml");
    return Files.writeString(file, content).toString();
  }

  @Test
  void printsWhatTheGoldenCasesExpect() throws IOException {
    String golden = "one-member-unreachable";

    int exit =
        render(
            in(golden, "claim.yaml"),
            "--members",
            in(golden, "members.yaml"),
            "--observed",
            in(golden, "observed.yaml"));

    assertThat(err.toString()).isEmpty();
    assertThat(exit).isZero();
    assertThat(Files.readString(Path.of(in(golden, "expected.yaml")))).startsWith(out.toString());
  }

  @Test
  void printsJsonOnDemand() {
    int exit = render(in("no-match", "claim.yaml"), "-o", "json");

    assertThat(exit).isZero();
    assertThat(out.toString()).startsWith("[ {").contains("\"phase\" : \"Pending\"");
  }

  @Test
  void takesMembersFromRequiredObjectsToo() {
    int exit =
        render(
            in("two-members-new", "claim.yaml"),
            "--required",
            in("two-members-new", "members.yaml"));

    assertThat(exit).isZero();
    assertThat(out.toString()).contains("install@berlin", "install@paris");
  }

  @Test
  void showsARestoreOfABackupThatIsAmongTheHubsObjects() throws IOException {
    String golden = "restore-new";

    int exit =
        render(
            in(golden, "claim.yaml"),
            "--members",
            in(golden, "members.yaml"),
            "--required",
            in(golden, "required.yaml"));

    assertThat(exit).isZero();
    assertThat(Files.readString(Path.of(in(golden, "expected.yaml")))).startsWith(out.toString());
  }

  @Test
  void showsWhatAMigrateRendersLaterIfAllGoesWell() throws IOException {
    String golden = "migrate-new";

    int exit = render(in(golden, "claim.yaml"), "--members", in(golden, "members.yaml"));

    assertThat(exit).isZero();
    String expected = Files.readString(Path.of(in(golden, "expected.yaml")));
    String now = expected.substring(0, expected.indexOf("---\nkind: Unseen"));
    assertThat(out.toString()).startsWith(now);
    assertThat(out.toString().substring(now.length()))
        .containsSubsequence(
            "backup:default@berlin",
            "rendered-later: once every target",
            "restore:default@paris",
            "rendered-later: once the backup is Completed",
            "restore:default@rome");
  }

  @Test
  void aMigrateThatHasFailedRendersNothingLater() {
    String golden = "migrate-backup-failed";

    render(
        in(golden, "claim.yaml"),
        "--members",
        in(golden, "members.yaml"),
        "--observed",
        in(golden, "observed.yaml"));

    assertThat(out.toString()).contains("phase: Failed").doesNotContain("rendered-later");
  }

  @Test
  void aBackupWithoutNamespaceIsInTheDefaultOneAsForKubectl() throws IOException {
    String backup = Files.readString(Path.of(in("restore-new", "required.yaml")));
    String claim = Files.readString(Path.of(in("restore-new", "claim.yaml")));
    String namespace = "  namespace: team-shop\n";

    render(file(claim.replace(namespace, "")), "--required", file(backup.replace(namespace, "")));

    assertThat(out.toString()).contains("MemberMissing").doesNotContain("BackupMissing");
  }

  @Test
  void whatItPrintsCanBeObservedAgain() throws IOException {
    render(in("two-members-new", "claim.yaml"), "--members", in("two-members-new", "members.yaml"));
    String composed = out.toString().substring(out.toString().indexOf("---\napiVersion: velero"));
    String objects = composed.substring(0, composed.indexOf("---\napiVersion: render"));
    out.getBuffer().setLength(0);

    int exit = render(in("two-members-new", "claim.yaml"), "--observed", file(objects));

    assertThat(err.toString()).isEmpty();
    assertThat(exit).isZero();
    assertThat(out.toString()).contains("backup:default@berlin", "backup:default@paris");
  }

  @Test
  void readsTheListsThatKubectlPrints() throws IOException {
    String list =
        "{apiVersion: v1, kind: List, items: [{apiVersion: velero.m.kurator.dev/v1alpha1, kind:"
            + " ClusterProviderConfig, metadata: {name: oslo, labels: {fleet.kurator.dev/name:"
            + " europe}}, spec: {allowedNamespaces: ['*']}}]}";

    render(in("two-members-new", "claim.yaml"), "--members", file(list));

    assertThat(out.toString()).contains("install@oslo");
  }

  @Test
  void aMissingFileIsTold() {
    assertThat(render("no-such-file.yaml")).isEqualTo(2);
    assertThat(err.toString()).isEqualTo("render: no-such-file.yaml: there is no such file\n");
  }

  @Test
  void aFolderIsTold() {
    assertThat(render(folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("cannot be read").doesNotContain("\tat ");
  }

  @Test
  void brokenYamlIsToldWithItsLine() throws IOException {
    assertThat(render(file("kind: Backup\nspec: [unclosed\n"))).isEqualTo(2);
    assertThat(err.toString()).contains("is not YAML", "line").doesNotContain("\tat ");
  }

  @Test
  void aKeyGivenTwiceIsTold() throws IOException {
    assertThat(render(file("kind: Backup\nkind: Backup\n"))).isEqualTo(2);
    assertThat(err.toString()).contains("uplicate");
  }

  @Test
  void aFileWithoutObjectsIsTold() throws IOException {
    assertThat(render(file(""))).isEqualTo(2);
    assertThat(err.toString()).contains("must hold one claim, not 0 objects");
  }

  @Test
  void somethingThatIsNoObjectIsTold() throws IOException {
    assertThat(render(file("just text"))).isEqualTo(2);
    assertThat(err.toString()).contains("has no apiVersion and kind");
  }

  @Test
  void aClaimOfAnotherKindIsTold() throws IOException {
    assertThat(render(file("{apiVersion: v1, kind: Pod, metadata: {name: x}}"))).isEqualTo(2);
    assertThat(err.toString()).contains("this function handles composites Backup", "\"Pod\"");
  }

  @Test
  void observedObjectsWithoutKeyAreTold() {
    assertThat(
            render(
                in("two-members-new", "claim.yaml"),
                "--observed",
                in("two-members-new", "members.yaml")))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("ClusterProviderConfig berlin has no annotation crossplane.io/");
  }

  @Test
  void aClaimWithoutNamespaceIsInTheDefaultOneAsForKubectl() throws IOException {
    String claim =
        Files.readString(Path.of(in("two-members-new", "claim.yaml")))
            .replace("  namespace: team-shop\n", "");

    assertThat(render(file(claim))).isZero();
    assertThat(out.toString()).contains("namespace: default");
  }
}
