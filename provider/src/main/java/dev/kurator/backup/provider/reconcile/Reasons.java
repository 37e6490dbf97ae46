package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.OperationObservation;
import dev.kurator.backup.provider.member.Download;
import dev.kurator.backup.provider.velero.Downloads;
import dev.kurator.backup.provider.velero.Location;
import dev.kurator.backup.provider.velero.Results;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * Fetches Velero's own words about the errors and warnings of an operation that is over: they are
 * only in the object store. In the background, a few times, and never to the operation's harm.
 */
final class Reasons {

  /** How long it may take in all before the operation is left without. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final int TRIES = 3;
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);
  private static final Duration SIGNING = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(300);

  /** Where the words are. */
  record Source(
      Target.Reached target, VeleroKind kind, String name, String location, boolean insecure) {

    List<String> without(String why) {
      return Reasons.without(why, kind, name, target.name());
    }
  }

  private record Job(Instant begun, Future<List<String>> words) {}

  private final Executor background;
  private final Consumer<User> listener;
  private final Map<User, Job> jobs = new ConcurrentHashMap<>();
  private final Map<User, Instant> asked = new ConcurrentHashMap<>();

  /**
   * Nothing is fetched yet.
   *
   * @param listener told when a fetch has ended
   */
  Reasons(Executor background, Consumer<User> listener) {
    this.background = background;
    this.listener = listener;
  }

  /** Whether an operation has something to explain and does not yet. */
  static boolean wanted(OperationObservation seen) {
    return OneTimeSituation.over(seen.phase())
        && seen.reasons().isEmpty()
        && !DeletionDecisions.othersData(seen)
        && Objects.requireNonNullElse(seen.errors(), 0L)
                + Objects.requireNonNullElse(seen.warnings(), 0L)
            > 0;
  }

  /**
   * The words, or why there are none; the first call begins to fetch them.
   *
   * @return empty while that is under way
   */
  Optional<List<String>> of(User user, Source source, Instant now) {
    Job job = jobs.computeIfAbsent(user, key -> begin(key, source, now));
    return switch (job.words().state()) {
      case SUCCESS -> Optional.of(job.words().resultNow());
      case RUNNING -> {
        if (now.isBefore(job.begun().plus(PATIENCE))) {
          yield Optional.empty();
        }
        job.words().cancel(true);
        yield Optional.of(source.without("it took too long"));
      }
      case FAILED, CANCELLED -> Optional.of(source.without("it failed"));
    };
  }

  private Job begin(User user, Source source, Instant now) {
    FutureTask<List<String>> task =
        new FutureTask<>(() -> fetch(source)) {
          @Override
          protected void done() {
            listener.accept(user);
          }
        };
    background.execute(task);
    return new Job(now, task);
  }

  /** The same while the member cannot be reached: it is waited for a while. */
  Optional<List<String>> unreachable(Operation operation, String problem, Instant now) {
    Instant since = Objects.requireNonNullElse(asked.putIfAbsent(operation.user(), now), now);
    return now.isBefore(since.plus(PATIENCE))
        ? Optional.empty()
        : Optional.of(
            without(
                problem, operation.kind(), operation.shownName(), operation.reference().name()));
  }

  /** Nobody asks any more. */
  void forget(User user) {
    asked.remove(user);
    Job job = jobs.remove(user);
    if (job != null) {
      job.words().cancel(true);
    }
  }

  private static List<String> fetch(Source source) throws InterruptedException {
    String why = "";
    for (int attempt = 0; attempt < TRIES; attempt++) {
      if (attempt > 0) {
        Thread.sleep(BETWEEN_TRIES);
      }
      try {
        List<String> words = attempt(source);
        // Velero counts what it logged, and may keep no words of it
        return words.isEmpty() ? source.without("there are none") : words;
      } catch (Download.Failed e) {
        why = String.valueOf(e.getMessage());
        if (!e.passing()) {
          break;
        }
      } catch (KubernetesClientException e) {
        why = MemberTrouble.of(source.target().name(), e).text();
      }
    }
    return source.without(why);
  }

  private static List<String> attempt(Source source) throws Download.Failed, InterruptedException {
    Target.Reached target = source.target();
    GenericKubernetesResource request =
        Downloads.results(
            "kurator-" + Long.toHexString(System.nanoTime()) + "-" + source.name(),
            source.kind(),
            source.name(),
            target.namespace());
    target.cluster().create(request);
    try {
      byte[] credentials = credentials(target, source.location());
      return Download.read(
          url(target, request), source.insecure(), file -> Results.reasons(file, credentials));
    } finally {
      target.cluster().delete(request);
    }
  }

  private static String url(Target.Reached target, GenericKubernetesResource request)
      throws Download.Failed, InterruptedException {
    long end = System.nanoTime() + SIGNING.toNanos();
    while (System.nanoTime() < end) {
      Optional<String> url =
          target
              .cluster()
              .get(VeleroKind.DownloadRequest, target.namespace(), request.getMetadata().getName())
              .flatMap(Downloads::url);
      if (url.isPresent()) {
        return url.get();
      }
      Thread.sleep(LOOK);
    }
    throw new Download.Failed("Velero does not answer the DownloadRequest", true);
  }

  /** The member's own copy: the hub's Secret may be gone. */
  private static byte[] credentials(Target.Reached target, String location) {
    if (location.isEmpty()) {
      return new byte[0];
    }
    return target
        .cluster()
        .get(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(target.namespace())
                .withName(location)
                .endMetadata()
                .build())
        .map(Secret::getData)
        .map(data -> data.get(Location.CREDENTIALS_KEY))
        .map(text -> Base64.getDecoder().decode(text))
        .orElse(new byte[0]);
  }

  private static List<String> without(String why, VeleroKind kind, String name, String member) {
    return List.of(
        "Velero's reasons could not be fetched from the object store: %s; see `velero %s describe %s --details` on %s"
            .formatted(why, kind.name().toLowerCase(Locale.ROOT), name, member));
  }
}
