package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.EngineSettings;
import dev.kurator.backup.apis.managed.EngineSettings.Management;
import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.apis.managed.SecretKeyReference;
import dev.kurator.backup.apis.managed.SharedPassword;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.provider.member.ProviderConfigKey;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordsTest {

  private static final User USER = User.of(ManagedKind.VeleroInstall, Writers.reading("install"));

  private final Map<ProviderConfigKey, Registration> configs = new HashMap<>();
  private final Map<SecretName, String> hub = new HashMap<>();
  private final Set<SecretName> read = new HashSet<>();
  private final Uses uses = new Uses();
  private final Passwords passwords =
      new Passwords(key -> Optional.ofNullable(configs.get(key)), this::secret, uses);

  private SecretValue secret(SecretName name, String key) {
    read.add(name);
    String content = hub.get(name);
    return content == null
        ? new SecretValue.Missing("Secret " + name + " does not exist")
        : new SecretValue.Present(content.getBytes(StandardCharsets.UTF_8));
  }

  private void register(String name, List<String> namespaces, @Nullable EngineSettings engine) {
    Registration registration = Registration.of(Writers.config(name, namespaces, engine));
    configs.put(registration.key(), registration);
  }

  /** An engine with that password, Velero's own where none is given. */
  private EngineSettings engine(String name, @Nullable String password) {
    if (password == null) {
      return EngineSettings.UNSET;
    }
    hub.put(new SecretName("crossplane-system", name), password);
    return Samples.engine(null, null, new SecretKeyReference("crossplane-system", name, "key"));
  }

  private Passwords.Verdict verdict(VeleroInstall install) {
    uses.put(USER, Uses.Use.of(Targets.key(install), Set.of(), Set.of()));
    return passwords.compare(USER, install);
  }

  private @Nullable SharedPassword shared() {
    return verdict(Writers.reading("install")).shared();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "one, one, Same",
        "one, other, Different",
        "none, none, Same",
        "one, none, Different",
        "none, one, Different",
        // what Velero takes where it is given nothing
        "static-passw0rd, none, Same",
        // white space at the ends is none of Velero's passwords
        "'one\n', ' one', Same",
        "'o ne', 'one', Different",
      })
  void passwordsAreComparedAsVeleroTakesThem(
      @Nullable String own, @Nullable String theirs, SharedPassword expected) {
    register(Samples.MEMBER, List.of("team-a"), engine("own", own));
    register(Writers.WRITER, List.of("team-*"), engine("theirs", theirs));
    assertThat(shared()).isEqualTo(expected);
  }

  @Test
  void whatDiffersIsToldInWordsThatHoldNothingOfAPassword() {
    register(Samples.MEMBER, List.of("*"), engine("own", "hunter2"));
    register(Writers.WRITER, List.of("*"), engine("theirs", "swordfish"));
    Passwords.Verdict verdict = verdict(Writers.reading("install"));
    assertThat(verdict.note())
        .contains("ClusterProviderConfig paris and ClusterProviderConfig berlin have different")
        .contains("velero.repositoryPasswordSecretRef")
        .contains("before their first backup");
    assertThat(verdict.toString()).doesNotContain("hunter2").doesNotContain("swordfish");
  }

  @Test
  void whoNamesNoWriterIsToldNothing() {
    register(Samples.MEMBER, List.of("*"), engine("own", "hunter2"));
    assertThat(verdict(Samples.install("install"))).isEqualTo(new Passwords.Verdict(null, null));
    assertThat(read).isEmpty();
  }

  @Test
  void aNamespaceThatMayNotUseTheWriterLearnsNothingOfItsPassword() {
    register(Samples.MEMBER, List.of("*"), engine("own", "hunter2"));
    register(Writers.WRITER, List.of("team-b"), engine("theirs", "hunter2"));
    assertThat(verdict(Writers.reading("install")))
        .isEqualTo(new Passwords.Verdict(SharedPassword.Unknown, null));
    assertThat(read).doesNotContain(new SecretName("crossplane-system", "theirs"));
  }

  @Test
  void aNamespaceThatMayNotUseItsOwnMemberLearnsNothingEither() {
    register(Samples.MEMBER, List.of("team-b"), engine("own", "hunter2"));
    register(Writers.WRITER, List.of("*"), engine("theirs", "hunter2"));
    assertThat(shared()).isEqualTo(SharedPassword.Unknown);
    assertThat(read).doesNotContain(new SecretName("crossplane-system", "own"));
  }

  @Test
  void nobodyKnowsThePasswordOfAnEngineThatSomebodyElseRuns() {
    register(Samples.MEMBER, List.of("*"), null);
    register(Writers.WRITER, List.of("*"), Samples.engine(Management.Observe, null, null));
    assertThat(shared()).isEqualTo(SharedPassword.Unknown);
    register(Samples.MEMBER, List.of("*"), Samples.engine(Management.Observe, null, null));
    register(Writers.WRITER, List.of("*"), null);
    assertThat(shared()).isEqualTo(SharedPassword.Unknown);
  }

  @Test
  void whatIsMissingIsUnknownUntilItComes() {
    register(Samples.MEMBER, List.of("*"), engine("own", "hunter2"));
    assertThat(shared()).isEqualTo(SharedPassword.Unknown);
    register(Writers.WRITER, List.of("*"), engine("theirs", "hunter2"));
    hub.clear();
    assertThat(shared()).isEqualTo(SharedPassword.Unknown);
    hub.put(new SecretName("crossplane-system", "own"), "hunter2");
    assertThat(shared()).isEqualTo(SharedPassword.Unknown);
    hub.put(new SecretName("crossplane-system", "theirs"), "hunter2");
    assertThat(shared()).isEqualTo(SharedPassword.Same);
  }

  @Test
  void aWriterOfANamespaceIsTheOneBesideTheInstall() {
    register(Samples.MEMBER, List.of("*"), null);
    configs.put(Local.KEY, Registration.of(Local.config(null)));
    VeleroInstall install =
        Writers.reading(
            "install",
            new ProviderConfigReference(ProviderConfigReference.Kind.ProviderConfig, Local.NAME));
    assertThat(verdict(install).shared()).isEqualTo(SharedPassword.Same);
    // its Secret is elsewhere, which no ProviderConfig may name
    configs.put(Local.KEY, Registration.of(Local.config(engine("theirs", "static-passw0rd"))));
    assertThat(verdict(install).shared()).isEqualTo(SharedPassword.Unknown);
  }

  @Test
  void everythingThatMayChangeTheAnswerIsWatched() {
    register(Samples.MEMBER, List.of("*"), engine("own", "hunter2"));
    register(Writers.WRITER, List.of("*"), engine("theirs", "hunter2"));
    VeleroInstall install = Writers.reading("install");
    verdict(install);
    ProviderConfigKey writer =
        Registration.of(Writers.config(Writers.WRITER, List.of(), null)).key();
    assertThat(uses.ofConfig(writer)).containsExactly(USER);
    assertThat(uses.ofConfig(Targets.key(install))).containsExactly(USER);
    assertThat(uses.ofSecret(new SecretName("crossplane-system", "own"))).containsExactly(USER);
    assertThat(uses.ofSecret(new SecretName("crossplane-system", "theirs"))).containsExactly(USER);
    // but it is no member that the install works on
    assertThat(uses.ofMember(writer)).isEmpty();
    assertThat(uses.members()).doesNotContain(writer);
  }
}
