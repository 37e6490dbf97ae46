package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.StorageProvider;
import dev.kurator.backup.apis.managed.ClusterProviderConfig;
import dev.kurator.backup.apis.managed.EngineSettings;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.ProviderConfig;
import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.apis.managed.SecretKeyReference;
import dev.kurator.backup.apis.managed.UnreadableField;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroInstallObservation;
import dev.kurator.backup.apis.managed.VeleroInstallSpec;
import dev.kurator.backup.apis.managed.VeleroInstallStatus;
import dev.kurator.backup.provider.member.ProviderConfigKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NeighboursTest {

  private static final EngineSettings OBSERVED =
      Samples.engine(EngineSettings.Management.Observe, null, null);

  private final FakeMember member = new FakeMember(Samples.MEMBER);
  private final Set<ProviderConfigKey> told = new HashSet<>();
  private final Clusters clusters = new Clusters(told::add);
  private final Map<ProviderConfigKey, Registration> configs = new HashMap<>();
  private final Map<ProviderConfigKey, List<VeleroInstall>> installs = new HashMap<>();
  private final Neighbours neighbours =
      new Neighbours(key -> Optional.ofNullable(configs.get(key)), clusters);

  private Registration ofHub(@Nullable EngineSettings engine) {
    ClusterProviderConfig config = Samples.config(List.of("team-*"), engine);
    config.getMetadata().setCreationTimestamp("2026-11-22T12:00:00Z");
    return registered(Registration.of(config));
  }

  private Registration ofTeam(String name, String created, @Nullable EngineSettings engine) {
    return registered(Registration.of(Local.config(name, created, engine)));
  }

  private Registration registered(Registration registration) {
    configs.put(registration.key(), registration);
    clusters.note(registration.key(), FakeMember.IDENTITY);
    return registration;
  }

  private VeleroInstall through(Registration registration, String name) {
    VeleroInstall install = Samples.install(name);
    install.setSpec(
        new VeleroInstallSpec(
            install.getSpec().forProvider(),
            install.getSpec().managementPolicies(),
            new ProviderConfigReference(registration.key().kind(), registration.key().name())));
    installs.merge(
        registration.key(),
        List.of(install),
        (one, other) -> Stream.concat(one.stream(), other.stream()).toList());
    return install;
  }

  private Target.Reached target(Registration registration) {
    return new Target.Reached(registration, member, FakeMember.IDENTITY, member.cluster);
  }

  private List<VeleroInstall> of(Registration registration) {
    return neighbours.of(target(registration), key -> installs.getOrDefault(key, List.of()));
  }

  @Test
  void installsThroughAnyRegistrationOfAClusterAreNeighbours() {
    Registration hub = ofHub(null);
    Registration team = ofTeam("own", "2026-11-22T12:00:00Z", null);
    VeleroInstall first = through(hub, "first");
    VeleroInstall second = through(team, "second");

    assertThat(of(hub)).containsExactlyInAnyOrder(first, second);
    assertThat(of(team)).containsExactlyInAnyOrder(first, second);
  }

  @Test
  void namespacesThatMayNotUseTheMemberHaveNoSayInIt() {
    Registration hub = ofHub(null);
    VeleroInstall allowed = through(hub, "allowed");
    VeleroInstall squatter = through(hub, "squatter");
    squatter.getMetadata().setNamespace("elsewhere");
    squatter.getMetadata().setCreationTimestamp("2020-01-01T00:00:00Z");

    assertThat(of(hub)).containsExactly(allowed);
  }

  @Test
  void anEngineInAnotherNamespaceIsAnotherEngine() {
    Registration hub = ofHub(null);
    VeleroInstall first = through(hub, "first");
    EngineSettings elsewhere = Samples.engineIn("velero-team");
    through(ofTeam("own", "2026-11-22T12:00:00Z", elsewhere), "second");

    assertThat(of(hub)).containsExactly(first);
  }

  private static UnreadableField unread(String... path) {
    return new UnreadableField(List.of(path), "cannot be read", "\"x\"");
  }

  /** One of which it cannot be read which registration it names. */
  private VeleroInstall ofAny(Registration registration, String name, @Nullable String seen) {
    VeleroInstall install = through(registration, name);
    install.unreadable(List.of(unread("spec", "providerConfigRef", "kind")));
    if (seen != null) {
      install.setStatus(
          new VeleroInstallStatus(
              new VeleroInstallObservation(seen, null, null, null, null, null, null, null),
              List.of(),
              null));
    }
    return install;
  }

  @Test
  void anInstallWhoseRegistrationCannotBeReadCountsWhereItMayBe() {
    Registration hub = ofHub(null);
    VeleroInstall here = ofAny(hub, "here", FakeMember.IDENTITY);
    VeleroInstall begun = ofAny(hub, "begun", null);
    begun.getMetadata().setAnnotations(Map.of(Names.EXTERNAL_CREATE_PENDING, "2026-01-01"));
    VeleroInstall squatter = ofAny(hub, "squatter", FakeMember.IDENTITY);
    squatter.getMetadata().setNamespace("elsewhere");
    ofAny(hub, "another", "another cluster");
    ofAny(hub, "new", null);

    assertThat(of(hub)).containsExactlyInAnyOrder(here, begun, squatter);
  }

  @Test
  void whatARegistrationAllowsUnreadablyCounts() {
    ClusterProviderConfig config = Samples.config(List.of(), null);
    config.unreadable(List.of(unread("spec", "allowedNamespaces", "[0]")));
    VeleroInstall may = through(registered(Registration.of(config)), "may");
    assertThat(of(Registration.of(config))).containsExactly(may);

    config.unreadable(List.of());
    assertThat(of(registered(Registration.of(config)))).isEmpty();
  }

  @Test
  void anEngineWhoseNamespaceCannotBeReadMayBeAnywhere() {
    Registration hub = ofHub(null);
    ProviderConfig own = Local.config(null);
    own.unreadable(List.of(unread("spec", "velero", "namespace")));
    VeleroInstall may = through(registered(Registration.of(own)), "may");
    Registration elsewhere =
        Registration.of(Samples.config(List.of("team-*"), Samples.engineIn("velero-team")));

    assertThat(of(elsewhere)).containsExactly(may);
    assertThat(of(hub)).containsExactly(may);
  }

  @Test
  void whatWasMadeThroughARegistrationThatIsGoneCountsOn() {
    Registration hub = ofHub(null);
    Registration team = ofTeam("own", "2026-11-22T12:00:00Z", null);
    VeleroInstall orphan = through(team, "orphan");
    configs.remove(team.key());

    assertThat(of(hub)).containsExactly(orphan);
  }

  @Test
  void theHubsWordOnTheEngineComesFirstAndThenTheOldest() {
    EngineSettings other = Samples.engine(null, EngineSettings.Removal.Uninstall, null);
    Registration old = ofTeam("old", "2020-01-01T00:00:00Z", other);
    Registration young = ofTeam("young", "2026-01-01T00:00:00Z", null);
    VeleroInstall ofOld = through(old, "old");
    VeleroInstall ofYoung = through(young, "young");
    assertThat(neighbours.senior(target(young), List.of(ofOld))).contains(old);
    assertThat(neighbours.senior(target(old), List.of(ofYoung))).isEmpty();

    Registration hub = ofHub(null);
    VeleroInstall ofHub = through(hub, "hub");
    assertThat(neighbours.senior(target(old), List.of(ofYoung, ofHub))).contains(hub);
    assertThat(neighbours.senior(target(hub), List.of(ofOld, ofYoung))).isEmpty();
  }

  @Test
  void thoseWhoWantTheEngineAlikeOrUseItAsItIsDoNotConflict() {
    Registration hub = ofHub(OBSERVED);
    Registration team =
        ofTeam(
            "own",
            "2026-01-01T00:00:00Z",
            Samples.engine(null, null, new SecretKeyReference(Samples.NAMESPACE, "p", "k")));
    assertThat(neighbours.senior(target(team), List.of(through(hub, "hub")))).isEmpty();

    Registration managed = ofHub(Samples.engine(EngineSettings.Management.Managed, null, null));
    assertThat(neighbours.senior(target(team), List.of(through(managed, "hub")))).isEmpty();
  }

  @Test
  void aLocationBelongsToTheHubsRegistrationBeforeAnyNamespaces() {
    Registration team = ofTeam("own", "2020-01-01T00:00:00Z", null);
    VeleroInstall old = through(team, "old");
    old.getMetadata().setCreationTimestamp("2020-01-01T00:00:00Z");
    VeleroInstall ofHub = through(ofHub(null), "hub");

    assertThat(Sharing.senior(old, List.of(ofHub))).contains(ofHub);
    assertThat(Sharing.senior(ofHub, List.of(old))).isEmpty();
    assertThat(Sharing.providers(old, List.of(ofHub), Set.of()))
        .containsExactly(StorageProvider.aws);
  }

  @Test
  void anotherRegistrationOfAClusterIsToldWhenItComesAndWhenItGoes() {
    Registration hub = ofHub(null);
    told.clear();
    Registration team = ofTeam("own", "2026-01-01T00:00:00Z", null);
    assertThat(told).containsExactlyInAnyOrder(hub.key(), team.key());
    assertThat(clusters.besides(hub.key())).containsExactly(team.key());

    told.clear();
    clusters.note(team.key(), "another cluster");
    assertThat(told).containsExactlyInAnyOrder(hub.key(), team.key());
    assertThat(clusters.besides(hub.key())).isEmpty();
  }

  @Test
  void whatAMemberSaysItselfCountsMoreThanWhatTheHubRemembers() {
    Registration hub = ofHub(null);
    clusters.recall(hub.key(), "before");
    assertThat(clusters.of("before")).isEmpty();
    assertThat(clusters.of(FakeMember.IDENTITY)).containsExactly(hub.key());
  }
}
