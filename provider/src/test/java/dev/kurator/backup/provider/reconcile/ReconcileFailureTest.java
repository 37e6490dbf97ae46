package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kurator.backup.provider.member.MemberApiException;
import dev.kurator.backup.provider.member.MemberFailures;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.OperatorException;
import org.junit.jupiter.api.Test;

/** How an error that nobody foresaw is told. */
class ReconcileFailureTest {

  private static void fail(String secret) {
    throw new IllegalStateException(secret);
  }

  @SuppressWarnings("InfiniteRecursion")
  private static int deeper(int depth) {
    return deeper(depth + 1) + 1;
  }

  @SuppressWarnings("InfiniteRecursion")
  private static int elsewhere(int depth) {
    return elsewhere(depth + 1) + 1;
  }

  @Test
  void theSameFailureHasTheSameTextWhateverItsMessageSaysAndNoMessageIsShown() {
    ReconcileFailure[] tries = new ReconcileFailure[2];
    for (int attempt = 0; attempt < tries.length; attempt++) {
      String secret = "hunter" + attempt;
      tries[attempt] = ReconcileFailure.of(catchThrowable(() -> fail(secret)));
    }
    assertThat(tries[0]).isEqualTo(tries[1]);
    assertThat(tries[0].text())
        .contains("IllegalStateException", tries[0].id())
        .doesNotContain("hunter");
  }

  @Test
  void anotherPlaceIsAnotherFailure() {
    ReconcileFailure here = ReconcileFailure.of(catchThrowable(() -> fail("a")));
    ReconcileFailure there = ReconcileFailure.of(catchThrowable(() -> fail("a")));
    assertThat(here.id()).isNotEqualTo(there.id());
  }

  @Test
  void theFrameworksWrapperChangesNothing() {
    Throwable failure = catchThrowable(() -> fail("a"));
    assertThat(ReconcileFailure.of(new OperatorException(failure)))
        .isEqualTo(ReconcileFailure.of(failure));
  }

  @Test
  void whereAStackEndsIsChance() {
    Throwable some = catchThrowable(() -> deeper(0));
    Throwable other = catchThrowable(() -> elsewhere(0));
    assertThat(ReconcileFailure.of(some)).isEqualTo(ReconcileFailure.of(other));
  }

  @Test
  void aFailureOfAMemberIsToldAsTheMembersWhateverItsCause() {
    ReconcileFailure refused =
        ReconcileFailure.of(
            new IllegalStateException(MemberApiException.refused("paris", 500, "full")));
    assertThat(refused.text()).isEqualTo("cluster paris refused: full");
    assertThat(refused.unforeseen()).isFalse();
    assertThat(refused.normal()).isFalse();

    ReconcileFailure silent =
        ReconcileFailure.of(
            MemberApiException.noAnswer("paris", new KubernetesClientException("x", 500, null)));
    assertThat(silent.text()).isEqualTo("cluster paris is unreachable: no answer");
    assertThat(silent.normal()).isTrue();

    ReconcileFailure nonsense =
        ReconcileFailure.of(MemberFailures.unreadable("paris", new ClassCastException("hunter2")));
    assertThat(nonsense.text())
        .startsWith("cluster paris answered what cannot be read")
        .contains(nonsense.id())
        .doesNotContain("hunter2");
    assertThat(nonsense.unforeseen()).isTrue();
  }

  @Test
  void theHubsWordsAreTold() {
    assertThat(ReconcileFailure.of(new KubernetesClientException("x", 500, null)).text())
        .startsWith("the hub's API server refused: HTTP status 500; it is tried again (error ");
    assertThat(ReconcileFailure.of(new KubernetesClientException("x", 409, null)).normal())
        .isTrue();
  }
}
