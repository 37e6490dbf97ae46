package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.claim.StorageProvider;
import dev.kurator.backup.apis.managed.EngineSettings;
import dev.kurator.backup.provider.member.Cluster;
import dev.kurator.backup.provider.member.Member;
import dev.kurator.backup.provider.member.Seen;
import dev.kurator.backup.provider.velero.Engine;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The member that a managed resource is for. */
sealed interface Target {

  /**
   * It answers.
   *
   * @param identity UID of its kube-system namespace
   */
  record Reached(Registration registration, Member member, String identity, Cluster cluster)
      implements Target {

    /** The member's name, as users know it. */
    String name() {
      return registration.key().name();
    }

    /** How Velero runs there. */
    EngineSettings engine() {
      return registration.engine();
    }

    /** Velero's namespace there. */
    String namespace() {
      return registration.engineNamespace();
    }

    /** Whether the engine is somebody else's. */
    boolean engineObserved() {
      return registration.engineObserved();
    }

    /** The object stores that the engine there has plugins for, as far as it was seen. */
    Set<StorageProvider> installedPlugins() {
      return member.deployment(Engine.DEPLOYMENT) instanceof Seen.Present<Deployment>(var server)
          ? Engine.providers(server, engine())
          : Set.of();
    }

    /** The same, using the engine as it is. */
    Reached observing() {
      return new Reached(registration.observing(), member, identity, cluster);
    }

    /** Its own identity and that of the cluster it replaces. */
    Set<String> identities() {
      return Stream.of(identity, registration.replaces())
          .filter(Objects::nonNull)
          .collect(Collectors.toUnmodifiableSet());
    }
  }

  /** The first answer is awaited; a change of the link will tell. */
  record Connecting(String name) implements Target {}

  /** It does not answer; the problem begins with "cluster x is unreachable". */
  record Unreachable(String problem) implements Target {}

  /** This hub may not write there yet, since another one may; it passes by itself. */
  record Waiting(String problem) implements Target {}

  /** Another hub with the same id is at work there; the problem says how to take it over. */
  record OtherHub(String problem) implements Target {}

  /** It may not be used, or nobody said how; the problem says what to do. */
  record Refused(String problem) implements Target {}
}
