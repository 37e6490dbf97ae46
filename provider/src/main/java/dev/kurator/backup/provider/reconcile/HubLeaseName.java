package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.provider.member.ProviderConfigKey;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * Which Lease it is, and what is said of it.
 *
 * @param hubId {@code --hub-id}
 * @param member the registration's name
 * @param identity UID of the member's kube-system namespace
 * @param namespace the engine's
 */
record HubLeaseName(String hubId, String member, String identity, String namespace) {

  private static final String PREFIX = "kurator-hub-";

  /** The Lease's own name: the hub's id where that is a name, or else like it with a digest. */
  String name() {
    if (hubId.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")) {
      return PREFIX + hubId;
    }
    String like = hubId.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-");
    String digest = Digest.of(hubId.getBytes(StandardCharsets.UTF_8)).substring(0, 8);
    return PREFIX + like + "-" + digest;
  }

  /** An object of that name. */
  Lease like() {
    return new LeaseBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name())
        .addToLabels(Names.HUB_LABEL, hubId)
        .endMetadata()
        .build();
  }

  /** Whether two registrations mean the same object. */
  boolean sameLease(HubLeaseName other) {
    return identity.equals(other.identity) && namespace.equals(other.namespace);
  }

  private String shown() {
    return "Lease " + namespace + "/" + name() + " on cluster " + member;
  }

  /** That it is not known yet whether its holder is at work. */
  String waiting(String holder, Duration stale) {
    return "another hub with --hub-id %s (%s) holds %s; waiting up to %s to see whether it is still at work"
        .formatted(hubId, holder, shown(), text(stale));
  }

  /** That it was taken over and is not used yet. */
  String settling(Duration stale) {
    return "took over %s; waiting up to %s until the other hub has stopped writing"
        .formatted(shown(), text(stale));
  }

  /** That another hub is at work there. */
  String refused(ProviderConfigKey key, String holder) {
    return "another hub with --hub-id %s (%s) works on cluster %s, so nothing is changed there; give one of both hubs another --hub-id, or set spec.takesOverFrom: %s of %s to take the cluster over"
        .formatted(hubId, holder, member, holder, key);
  }

  /** That it was not renewed in time. */
  String expired() {
    return shown() + " could not be renewed in time, so nothing is written there until it is";
  }

  /** That somebody else always wrote it first. */
  String contended() {
    return shown() + " is contended; trying again";
  }

  /** What the credentials must allow. */
  String rights(String refusal) {
    return "%s; the kubeconfig needs the rights get, create, patch and delete on leases.coordination.k8s.io in namespace %s"
        .formatted(refusal, namespace);
  }

  /** That somebody else's engine is not there. */
  String noNamespace(ProviderConfigKey key) {
    return "namespace %s of cluster %s does not exist; velero.management: Observe of %s uses a Velero that is there"
        .formatted(namespace, member, key);
  }

  private static String text(Duration time) {
    long seconds = Math.max(1, time.toSeconds());
    return seconds > 60 && seconds % 60 == 0 ? seconds / 60 + " minutes" : seconds + " s";
  }
}
