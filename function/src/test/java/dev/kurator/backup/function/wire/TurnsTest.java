package dev.kurator.backup.function.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.ProviderConfigReference.Kind;
import dev.kurator.backup.apis.managed.SharedPassword;
import dev.kurator.backup.function.plan.Asked;
import dev.kurator.backup.function.plan.Existing;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.plan.Site;
import dev.kurator.backup.function.render.Keys;
import dev.kurator.crossplane.fn.v1.Resource;
import dev.kurator.crossplane.fn.v1.RunFunctionResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnsTest {

  @Test
  void aSmallFleetHasAllAtOnce() {
    assertThat(operations(answer(16), Set.of(), Set.of())).hasSize(16);
  }

  @Test
  void inALargeFleetEachOperationWaitsForAWordOfItsMember() {
    assertThat(operations(answer(50), Set.of(), Set.of())).isEmpty();
    assertThat(operations(answer(50), Set.of(), Set.of(member(40), member(41))))
        .containsExactly(backup(40), backup(41));
    assertThat(operations(answer(17), Set.of(), Set.copyOf(members(17)))).hasSize(17);
  }

  @Test
  void whatIsThereStaysThoughNothingWasToldOfItsMember() {
    Set<Operation> there = Set.of(backup(30), backup(49));

    assertThat(operations(answer(50), there, Set.of())).containsExactlyInAnyOrderElementsOf(there);
  }

  @Test
  void ofALargeFleetTheFirstMemberBeginsAloneSoThatCrossplaneWatchesEachKindOnce() {
    Existing nothing = existing(Set.of(), Set.of(), Set.of());

    assertThat(Turns.taken(answer(50), Asked.Backup, nothing).getDesired().getResourcesMap())
        .containsOnlyKeys("install@member-00", "backup:default@member-00");
    assertThat(Turns.taken(answer(16), Asked.Backup, nothing).getDesired().getResourcesMap())
        .hasSize(32);
  }

  @Test
  void installsComeInTurnsTooUnlessTheyAreTooManyForThat() {
    assertThat(installs(answer(50), Set.of(0), Set.of())).hasSize(24);
    assertThat(installs(answer(50), Set.of(0, 1, 49), Set.of(0, 1))).hasSize(26).contains(49);
    assertThat(installs(answer(61), Set.of(0), Set.of())).hasSize(61);
  }

  @Test
  void allWaysOfAMigrateAreThereFromTheBeginning() {
    RunFunctionResponse taken =
        Turns.taken(answer(50), Asked.Migrate, existing(Set.of(), Set.of(), Set.of(0)));

    assertThat(taken.getDesired().getResourcesMap()).hasSize(50);
  }

  @Test
  void allOperationsOfAMemberComeTogether() {
    RunFunctionResponse.Builder answer = answer(50).toBuilder();
    Operation other = new Operation(Operation.Kind.Backup, member(30), "volumes");
    answer.getDesiredBuilder().putResources(Keys.operation(other), Resource.getDefaultInstance());

    assertThat(operations(answer.build(), Set.of(backup(30)), Set.of()))
        .containsExactlyInAnyOrder(backup(30), other);
  }

  @Test
  void resourcesOfOthersNeverWait() {
    RunFunctionResponse.Builder answer = answer(50).toBuilder();
    answer.getDesiredBuilder().putResources("bucket", Resource.getDefaultInstance());

    assertThat(
            Turns.taken(answer.build(), Asked.Backup, existing(Set.of(), Set.of(), Set.of(0)))
                .getDesired()
                .getResourcesMap())
        .containsKey("bucket");
  }

  private static Set<Integer> installs(
      RunFunctionResponse answer, Set<Integer> there, Set<Integer> told) {
    Set<String> heard = told.stream().map(TurnsTest::member).collect(Collectors.toSet());
    Set<Integer> installs = new TreeSet<>();
    Turns.taken(answer, Asked.Backup, existing(Set.of(), heard, there))
        .getDesired()
        .getResourcesMap()
        .keySet()
        .forEach(
            key ->
                Keys.site(key)
                    .map(site -> Integer.valueOf(site.member().substring("member-".length())))
                    .ifPresent(installs::add));
    return installs;
  }

  private static Set<Operation> operations(
      RunFunctionResponse answer, Set<Operation> there, Set<String> told) {
    Set<Operation> operations = new TreeSet<>();
    Turns.taken(answer, Asked.Backup, existing(there, told, Set.of(0)))
        .getDesired()
        .getResourcesMap()
        .keySet()
        .forEach(key -> Keys.operation(key).ifPresent(operations::add));
    return operations;
  }

  private static RunFunctionResponse answer(int members) {
    RunFunctionResponse.Builder answer = RunFunctionResponse.newBuilder();
    for (int i = 0; i < members; i++) {
      Resource any = Resource.getDefaultInstance();
      answer.getDesiredBuilder().putResources(Keys.install(Site.own(member(i))), any);
      answer.getDesiredBuilder().putResources(Keys.operation(backup(i)), any);
    }
    return answer.build();
  }

  private static Existing existing(
      Set<Operation> operations, Set<String> told, Set<Integer> installed) {
    Map<Site, Optional<SharedPassword>> ways =
        installed.stream()
            .collect(Collectors.toMap(i -> Site.own(member(i)), _ -> Optional.empty()));
    Map<String, Kind> members =
        installed.stream()
            .collect(Collectors.toMap(TurnsTest::member, _ -> Kind.ClusterProviderConfig));
    return new Existing(operations, Set.of(), Map.of(), ways, members, told, Map.of());
  }

  private static List<String> members(int count) {
    return IntStream.range(0, count).mapToObj(TurnsTest::member).toList();
  }

  private static Operation backup(int member) {
    return new Operation(Operation.Kind.Backup, member(member), "default");
  }

  private static String member(int number) {
    return "member-%02d".formatted(number);
  }
}
