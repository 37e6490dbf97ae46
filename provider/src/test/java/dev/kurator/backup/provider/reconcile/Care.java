package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.EngineSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Care for what is on one fake member. */
abstract class Care {

  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  final FakeMember member = new FakeMember(Samples.MEMBER);
  final FakeCluster cluster = member.cluster;
  final Map<SecretName, String> hub = new HashMap<>();
  final Applied applied = new Applied(Duration.ofMinutes(10));

  SecretValue secret(SecretName name, String key) {
    String content = hub.get(name);
    return content == null
        ? new SecretValue.Missing("Secret " + name + " does not exist")
        : new SecretValue.Present(content.getBytes(StandardCharsets.UTF_8));
  }

  Target.Reached target(@Nullable EngineSettings engine) {
    return new Target.Reached(
        Registration.of(Samples.config(List.of("*"), engine)),
        member,
        FakeMember.IDENTITY,
        cluster);
  }
}
