package dev.kurator.backup.test.cluster;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cluster that is a hub only, built from the same files as {@link Solo} and with the same {@code
 * --hub-id}, whose member Solo is.
 *
 * @param solo the first hub, and the member
 * @param gate between the provider and its own hub
 * @param toMember between the provider and the member
 */
record SecondHub(Solo solo, Cluster cluster, Gate gate, Gate toMember) {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** Starts it without a provider; nothing is registered. */
  static SecondHub start(Solo solo) {
    Cluster cluster = Cluster.startOn(Solo.freePort(), "second-hub", Map.of());
    Shown.record(cluster);
    Solo.define(cluster);
    Gate toMember = Gate.open(solo.cluster().kubeconfig());
    Hub hub = new Hub(cluster);
    hub.secret(Hub.CROSSPLANE, "solo-kubeconfig", "kubeconfig", toMember.kubeconfig());
    hub.secret(Solo.SOLO, Example.CREDENTIALS, "cloud", solo.store().credentials());
    return new SecondHub(solo, cluster, Gate.open(cluster.kubeconfig()), toMember);
  }

  /** Ends the cluster. */
  void stop() {
    try (gate;
        toMember) {
      cluster.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a provider, which knows nothing of the providers before it. */
  ProviderProcess provider() {
    return ProviderProcess.start(
        ROOT,
        gate.kubeconfig(),
        Path.of("target", "second-hub"),
        Shown.recorder().lines("second-hub-provider-log"));
  }

  /** Registers the member and opens its location, as on the first hub. */
  void register(@Nullable String takesOverFrom) {
    cluster.apply(registration(takesOverFrom));
    cluster.apply(solo.install(Solo.INSTALL, Solo.SOLO));
  }

  /** A registration of the member. */
  static String registration(@Nullable String takesOverFrom) {
    String more = takesOverFrom == null ? "" : "takesOverFrom: " + takesOverFrom + "\n";
    return new Registration(
            Solo.SOLO,
            Solo.SOLO,
            "solo-kubeconfig",
            Solo.SOLO,
            Registration.smallEngine(Member.VELERO) + more)
        .text();
  }

  /** A managed resource of ours; the registration is in no namespace. */
  Resource<GenericKubernetesResource> object(Kind kind, String name) {
    return on(cluster, kind, name);
  }

  /** The same on any hub. */
  static Resource<GenericKubernetesResource> on(Cluster hub, Kind kind, String name) {
    return kind == Kind.CLUSTER_PROVIDER_CONFIG
        ? kind.on(hub.client()).withName(name)
        : kind.on(hub.client()).inNamespace(Solo.SOLO).withName(name);
  }

  /** Deletes a managed resource and waits until it is gone. */
  void remove(Kind kind, String name) {
    Resource<GenericKubernetesResource> object = object(kind, name);
    object.delete();
    Await.until(kind.title() + " " + name + " is gone", Solo.PATIENCE, object, Objects::isNull);
  }

  /** Removes the location and the registration, so that the hub remembers nothing. */
  void forget() {
    remove(Kind.VELERO_INSTALL, Solo.INSTALL);
    remove(Kind.CLUSTER_PROVIDER_CONFIG, Solo.SOLO);
  }

  /** Messages of the Warnings about a managed resource. */
  List<String> warnings(String name) {
    return cluster.client().v1().events().inNamespace(Solo.SOLO).list().getItems().stream()
        .filter(event -> name.equals(event.getInvolvedObject().getName()))
        .filter(event -> "Warning".equals(event.getType()))
        .map(Event::getMessage)
        .toList();
  }
}
