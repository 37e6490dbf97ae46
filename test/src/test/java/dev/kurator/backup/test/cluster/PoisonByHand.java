package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rnorth.ducttape.unreliables.Unreliables;

/** Objects that once stopped the provider, or Velero, for everybody. */
abstract class PoisonByHand extends SoloTest {

  private static final Path CRDS = Path.of("..", "package/provider/crds").toAbsolutePath();
  private static final String POLICY =
      "policy: {resourceFilter: {includedNamespaces: [" + Solo.CONFIGS + "]}}";

  /** What a schema may have got in a later release than the one that an object was applied to. */
  private static final Set<String> BOUNDS =
      Set.of(
          "x-kubernetes-validations",
          "pattern",
          "enum",
          "minimum",
          "maximum",
          "minLength",
          "maxLength",
          "maxItems",
          "maxProperties");

  private int lives;

  @BeforeEach
  void count() {
    lives = solo.provider().lives();
  }

  @AfterEach
  void restoreSchemas() {
    for (Path file : crds()) {
      solo.cluster().apply(read(file));
    }
  }

  /** 432 bytes that stand for 129 million nodes. */
  @Test
  void aKubeconfigOfAliasesCostsItsOwnRegistrationOnly() {
    String name = Solo.unused("aliases");
    String levels =
        IntStream.range(1, 17)
            .mapToObj(
                level ->
                    "l%d: &l%d [*l%d,*l%d,*l%d]\n"
                        .formatted(level, level, level - 1, level - 1, level - 1))
            .collect(Collectors.joining());
    new Hub(solo.cluster()).secret(Hub.CROSSPLANE, name, "kubeconfig", "l0: &l0 [a]\n" + levels);
    solo.cluster().apply(new Registration(name, Solo.SOLO, name, Solo.SOLO, "").text());
    solo.applyInstall(name, name);

    solo.await(
        Kind.VELERO_INSTALL,
        name,
        "names the Secret",
        seen ->
            State.is(seen, "Synced", "False")
                && State.message(seen, "Synced").contains("Secret crossplane-system/" + name));
    othersGoOn();

    gone(Kind.VELERO_INSTALL, name);
    gone(Kind.CLUSTER_PROVIDER_CONFIG, name);
  }

  @Test
  void anEmptyQuantityFromBeforeTheRuleCostsItsOwnRegistrationOnly() {
    String name = Solo.unused("quantity");
    forgetBounds();
    applyOnceTaken(
        new Registration(
                name,
                Solo.SOLO,
                "solo-kubeconfig",
                Solo.SOLO,
                "velero: {namespace: other, resources: {limits: {memory: \"\"}}}")
            .text());
    solo.applyInstall(name, name);

    solo.await(
        Kind.VELERO_INSTALL,
        name,
        "names the field",
        seen ->
            State.is(seen, "Synced", "False")
                && State.message(seen, "Synced").contains("limits.memory"));
    othersGoOn();
    solo.provider().kill();
    lives++;
    othersGoOn();

    gone(Kind.VELERO_INSTALL, name);
    gone(Kind.CLUSTER_PROVIDER_CONFIG, name);
  }

  /** Velero could list no Backup any more. */
  @Test
  void aTtlFromBeforeTheRuleThatGoCannotHoldNeverReachesVelero() {
    String name = Solo.unused("ttl");
    forgetBounds();
    Unreliables.retryUntilSuccess(
        60,
        TimeUnit.SECONDS,
        () -> {
          solo.apply(
              Kind.VELERO_BACKUP, name, POLICY.replace("policy: {", "policy: {ttl: 99999999h, "));
          return true;
        });

    solo.await(
        Kind.VELERO_BACKUP,
        name,
        "names the field",
        seen -> seen != null && State.describe(seen).contains("ttl"));
    othersGoOn();
    assertThat(solo.object(Kind.VELERO_IO_BACKUP, name).get()).isNull();

    gone(Kind.VELERO_BACKUP, name);
  }

  private void othersGoOn() {
    String other = Solo.unused("healthy");
    solo.apply(Kind.VELERO_BACKUP, other, POLICY);
    solo.awaitReady(Kind.VELERO_BACKUP, other);
    assertThat(solo.provider().lives()).as("starts of the provider").isEqualTo(lives);
  }

  private void gone(Kind kind, String name) {
    Resource<GenericKubernetesResource> object =
        kind == Kind.CLUSTER_PROVIDER_CONFIG
            ? kind.on(solo.client()).withName(name)
            : solo.object(kind, name);
    object.delete();
    Await.until(kind.title() + " " + name + " is gone", Solo.PATIENCE, object, Objects::isNull);
  }

  private void forgetBounds() {
    for (Path file : crds()) {
      Map<?, ?> definition = Serialization.unmarshal(read(file), Map.class);
      solo.cluster().apply(Serialization.asYaml(withoutBounds(definition)));
    }
  }

  /** The API server takes a moment until it goes by the changed schema. */
  private void applyOnceTaken(String manifest) {
    Unreliables.retryUntilSuccess(60, TimeUnit.SECONDS, () -> solo.cluster().apply(manifest));
  }

  private static Object withoutBounds(Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .filter(entry -> !BOUNDS.contains(String.valueOf(entry.getKey())))
              .collect(
                  Collectors.toMap(Map.Entry::getKey, entry -> withoutBounds(entry.getValue())));
      case List<?> list -> list.stream().map(PoisonByHand::withoutBounds).toList();
      default -> value;
    };
  }

  private static List<Path> crds() {
    try (Stream<Path> files = Files.list(CRDS)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
