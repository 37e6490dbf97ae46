package dev.kurator.backup.function.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.kurator.backup.apis.schema.CheckedInSchema;
import dev.kurator.backup.function.wire.Runner;
import dev.kurator.backup.function.wire.struct.StructTree;
import dev.kurator.crossplane.fn.v1.Resource;
import dev.kurator.crossplane.fn.v1.Resources;
import dev.kurator.crossplane.fn.v1.RunFunctionRequest;
import dev.kurator.crossplane.fn.v1.RunFunctionResponse;
import dev.kurator.crossplane.fn.v1.Severity;
import dev.kurator.crossplane.fn.v1.Status;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Golden cases with random damage: each is answered in time, and what a user can mend is no FATAL.
 * {@code mvn -pl apis,function test -Dtest=BadInputTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dbadinput.tries=50000} tries each kind so often; {@code -Dbadinput.first=N} begins with another
 * seed than 0.
 */
class BadInputTest {

  private static final int TRIES = Integer.getInteger("badinput.tries", 500);
  private static final int BATCH = 500;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final Runner runner = new Runner(InstantSource.fixed(GoldenCase.NOW));
  private final List<Loaded> cases = new ArrayList<>();
  private volatile String trying = "";
  private volatile String slowestTry = "";
  private volatile Duration slowest = Duration.ZERO;

  BadInputTest() throws IOException, BadFileException {
    for (GoldenCase golden : GoldenCase.all()) {
      cases.add(Loaded.of(golden));
    }
  }

  /** A case whose parts can be damaged. */
  private record Loaded(
      String name, ObjectNode claim, List<ObjectNode> hub, SortedMap<String, ObjectNode> observed) {

    static Loaded of(GoldenCase golden) throws BadFileException {
      return new Loaded(golden.toString(), golden.claim(), golden.hub(), golden.observed());
    }

    Loaded copy() {
      SortedMap<String, ObjectNode> copies = new TreeMap<>();
      observed.forEach((key, object) -> copies.put(key, object.deepCopy()));
      return new Loaded(
          name, claim.deepCopy(), hub.stream().map(ObjectNode::deepCopy).toList(), copies);
    }
  }

  private interface Try {
    void with(Random random, Loaded damaged) throws InvalidProtocolBufferException;
  }

  /** A hang shows as a stack trace of where it hangs. */
  private void tryAll(String kind, Try each) {
    long first = Long.getLong("badinput.first", 0);
    slowest = Duration.ZERO;
    for (long batch = first; batch < first + TRIES; batch += BATCH) {
      long from = batch;
      long to = Math.min(first + TRIES, batch + BATCH);
      assertTimeoutPreemptively(LONGEST, () -> tryOne(kind, from, to, each), () -> trying);
    }
    System.out.printf(
        "%s: seeds %d to %d, the slowest took %d ms of processor time: %s%n",
        kind, first, first + TRIES - 1, slowest.toMillis(), slowestTry);
  }

  private void tryOne(String kind, long from, long to, Try each) {
    for (long seed = from; seed < to; seed++) {
      Random random = new Random(seed);
      Loaded damaged = cases.get(random.nextInt(cases.size())).copy();
      trying = kind + ", seed " + seed + ", case " + damaged.name();
      long before = THREADS.getCurrentThreadCpuTime();
      try {
        each.with(random, damaged);
      } catch (RuntimeException | InvalidProtocolBufferException | StackOverflowError e) {
        throw new AssertionError(trying, e);
      }
      Duration took = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - before);
      if (took.compareTo(slowest) > 0) {
        slowest = took;
        slowestTry = trying;
      }
    }
  }

  @Test
  void whatAUserWritesIsNeverFatal() {
    tryAll(
        "users",
        (random, damaged) -> {
          TreeMutation mutation = new TreeMutation(random);
          for (int times = random.nextInt(1, 4); times > 0; times--) {
            boolean claim = damaged.hub().isEmpty() || random.nextInt(3) > 0;
            ObjectNode object =
                claim ? damaged.claim() : damaged.hub().get(random.nextInt(damaged.hub().size()));
            mutation.mutate(object, "spec");
          }
          RunFunctionResponse response = run(damaged);
          assertThat(isFatal(response)).as("%s: %s", trying, response.getResultsList()).isFalse();
          assertThat(response.getConditionsList()).as(trying).isNotEmpty();
        });
  }

  /** Else the hub refuses what is rendered from an old claim, and the claim says nothing of it. */
  @Test
  void whatTheSchemaRefusesTheClaimSays() throws IOException {
    Map<String, CheckedInSchema> schemas = new HashMap<>();
    for (String kind : List.of("Backup", "Migrate", "Restore")) {
      schemas.put(kind, CheckedInSchema.ofKind(kind));
    }
    AtomicInteger refused = new AtomicInteger();
    tryAll(
        "schemas",
        (random, damaged) -> {
          new TreeMutation(random).mutate(damaged.claim(), "spec");
          ObjectNode claim = writable(damaged.claim());
          CheckedInSchema schema = Objects.requireNonNull(schemas.get(claim.path("kind").asText()));
          List<String> refusals = schema.refusals(claim.retain("spec"));
          if (!refusals.isEmpty()) {
            refused.incrementAndGet();
            assertThat(run(damaged).getConditionsList())
                .as("%s: %s", trying, refusals)
                .anySatisfy(
                    condition -> {
                      assertThat(condition.getType()).isEqualTo("Accepted");
                      assertThat(condition.getStatus()).isEqualTo(Status.STATUS_CONDITION_FALSE);
                    });
          }
        });
    assertThat(refused.get()).isGreaterThan(TRIES / 4);
  }

  /** As kubectl would send it: JSON knows no NaN, and the function reads null as absent. */
  private static ObjectNode writable(ObjectNode claim) {
    ObjectNode writable = claim.deepCopy();
    clean(writable);
    return writable;
  }

  private static void clean(JsonNode node) {
    node.forEach(BadInputTest::clean);
    if (node instanceof ObjectNode object) {
      List<String> nulls = new ArrayList<>();
      object
          .properties()
          .forEach(
              field -> {
                if (field.getValue().isNull()) {
                  nulls.add(field.getKey());
                }
              });
      object.remove(nulls);
    }
  }

  @Test
  void nothingObservedIsLostByDamageToAClaimThatIsCarriedOutOnce() {
    tryAll(
        "once",
        (random, damaged) -> {
          if (!damaged.claim().path("spec").has("schedule")) {
            new TreeMutation(random).mutate(damaged.claim(), "spec");
            if (!damaged.claim().path("spec").has("schedule")) {
              assertThat(run(damaged).getDesired().getResourcesMap().keySet())
                  .as(trying)
                  .containsAll(damaged.observed().keySet());
            }
          }
        });
  }

  @Test
  void anyObjectMayBeAnything() {
    tryAll(
        "anything",
        (random, damaged) -> {
          List<ObjectNode> objects = new ArrayList<>(damaged.hub());
          objects.addAll(damaged.observed().values());
          objects.add(damaged.claim());
          TreeMutation mutation = new TreeMutation(random);
          for (int times = random.nextInt(1, 4); times > 0; times--) {
            ObjectNode object =
                random.nextInt(3) == 0
                    ? damaged.claim()
                    : objects.get(random.nextInt(objects.size()));
            List<String> fields = List.of("metadata", "spec", "status", "kind", "apiVersion");
            mutation.mutate(object, fields.get(random.nextInt(random.nextInt(4) == 0 ? 5 : 3)));
          }
          run(damaged);
        });
  }

  @Test
  void anyByteMayBeAnything() {
    tryAll(
        "bytes",
        (random, damaged) -> {
          ByteDamage damage = new ByteDamage(random);
          RunFunctionRequest request = request(damaged);
          if (random.nextInt(4) == 0) {
            ByteString bytes = damage.damage(request.toByteString());
            try {
              request = RunFunctionRequest.parseFrom(bytes);
            } catch (InvalidProtocolBufferException e) {
              return; // gRPC refuses it before it reaches us.
            }
          } else {
            request = damaged(request, random, damage);
          }
          byte[] answer = runner.run(request).toByteArray();
          assertThat(RunFunctionResponse.parseFrom(answer).hasMeta()).as(trying).isTrue();
        });
  }

  /** The same with one of its objects damaged. */
  private static RunFunctionRequest damaged(
      RunFunctionRequest request, Random random, ByteDamage damage) {
    RunFunctionRequest.Builder damaged = request.toBuilder();
    List<String> keys =
        new ArrayList<>(new TreeMap<>(request.getObserved().getResourcesMap()).keySet());
    if (!keys.isEmpty() && random.nextBoolean()) {
      String key = keys.get(random.nextInt(keys.size()));
      Resource resource = request.getObserved().getResourcesOrThrow(key);
      damaged
          .getObservedBuilder()
          .putResources(
              key, resource.toBuilder().setResource(damage.damage(resource.getResource())).build());
      return damaged.build();
    }
    List<String> required =
        new ArrayList<>(new TreeMap<>(request.getRequiredResourcesMap()).keySet());
    if (!required.isEmpty() && random.nextBoolean()) {
      String key = required.get(random.nextInt(required.size()));
      Resources.Builder list = Resources.newBuilder();
      for (Resource item : request.getRequiredResourcesOrThrow(key).getItemsList()) {
        list.addItems(item.toBuilder().setResource(damage.damage(item.getResource())));
      }
      return damaged.putRequiredResources(key, list.build()).build();
    }
    Resource composite = request.getObserved().getComposite();
    damaged
        .getObservedBuilder()
        .setComposite(composite.toBuilder().setResource(damage.damage(composite.getResource())));
    return damaged.build();
  }

  private RunFunctionResponse run(Loaded damaged) throws InvalidProtocolBufferException {
    RunFunctionResponse response = rehearsal(damaged).run(damaged.claim(), damaged.observed());
    return RunFunctionResponse.parseFrom(response.toByteArray());
  }

  private Rehearsal rehearsal(Loaded damaged) {
    return new Rehearsal(runner, new Hub(damaged.hub()));
  }

  /** What Crossplane sends last: all that was asked for has been found. */
  private RunFunctionRequest request(Loaded loaded) {
    RunFunctionRequest.Builder request = RunFunctionRequest.newBuilder();
    request.getObservedBuilder().setComposite(resource(loaded.claim()));
    loaded
        .observed()
        .forEach((key, object) -> request.getObservedBuilder().putResources(key, resource(object)));
    Hub hub = new Hub(loaded.hub());
    for (int call = 0; call < 2; call++) {
      runner
          .run(request.build())
          .getRequirements()
          .getResourcesMap()
          .forEach((key, selector) -> request.putRequiredResources(key, hub.find(selector)));
    }
    return request.build();
  }

  private static Resource resource(ObjectNode object) {
    return Resource.newBuilder().setResource(StructTree.write(object)).build();
  }

  private static boolean isFatal(RunFunctionResponse response) {
    return response.getResultsList().stream()
        .anyMatch(result -> result.getSeverity() == Severity.SEVERITY_FATAL);
  }
}
