package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.Names;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * A cluster to back up.
 *
 * @param cluster the bare cluster
 */
record Member(Cluster cluster) {

  /** Namespace that the provider puts Velero in. */
  static final String VELERO = "velero";

  /** Namespace of the slow workload. */
  static final String SLOW = "slow";

  /** What is in the workload's Secret. */
  static final String PIN = "planted-pin-of-the-till-2718";

  private static final String POD = "till";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** What a workload has beside its pod. */
  private static final String WORKLOAD =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: NAMESPACE}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {namespace: NAMESPACE, name: prices}
      data: {bread: "3"}
      ---
      apiVersion: v1
      kind: Secret
      metadata: {namespace: NAMESPACE, name: till}
      stringData: {pin: PIN}
      """;

  /** A pod that writes random bytes into an emptyDir volume once and keeps them. */
  private static final String TILL =
      """
      apiVersion: v1
      kind: Pod
      metadata: {namespace: NAMESPACE, name: till}
      spec:
        terminationGracePeriodSeconds: 0
        containers:
        - name: till
          image: busybox:1.36
          command: [sh, -c]
          args:
          - |
            [ -f /ledger/bytes ] || busybox dd if=/dev/urandom of=/ledger/bytes bs=1k count=256
            echo written > /tmp/written
            sleep 1000000
          startupProbe: {exec: {command: [cat, /tmp/written]}, periodSeconds: 1, failureThreshold: 120}
          volumeMounts: [{name: ledger, mountPath: /ledger}]
        volumes: [{name: ledger, emptyDir: {}}]
      """;

  /** A pod whose backup takes twenty seconds. */
  private static final String SLOW_WORKLOAD =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: slow}
      ---
      apiVersion: v1
      kind: Pod
      metadata:
        namespace: slow
        name: sloth
        annotations:
          pre.hook.backup.velero.io/command: '["sleep", "20"]'
          pre.hook.backup.velero.io/timeout: 60s
      spec:
        terminationGracePeriodSeconds: 0
        containers: [{name: sloth, image: "busybox:1.36", command: [sleep, "1000000"]}]
      """;

  /** Deploys something whose backup takes long enough for a test to interfere. */
  void deploySlowWorkload() {
    cluster.apply(SLOW_WORKLOAD);
    Await.ready(PATIENCE, client().pods().inNamespace(SLOW).withName("sloth"));
  }

  /** Deploys something worth a backup and waits until it runs. */
  void deployWorkload(String namespace) {
    cluster.apply(WORKLOAD.replace("NAMESPACE", namespace).replace("PIN", PIN));
    // without it a pod is refused, and a busy cluster takes its time
    Await.until(
        "the namespace has its account",
        PATIENCE,
        client().serviceAccounts().inNamespace(namespace).withName("default"),
        Objects::nonNull);
    if (client().pods().inNamespace(namespace).withName(POD).get() == null) {
      // on a bed that is kept it may be there, and can't be changed
      cluster.apply(TILL.replace("NAMESPACE", namespace));
    }
    awaitWorkload(namespace);
  }

  /** Waits until the workload runs, be it deployed or restored. */
  void awaitWorkload(String namespace) {
    Await.ready(PATIENCE, client().pods().inNamespace(namespace).withName(POD));
  }

  /** Checksum of the bytes in the workload's volume. */
  String checksum(String namespace) {
    return exec(namespace, POD, "busybox", "sha256sum", "/ledger/bytes");
  }

  /** Runs Velero's own command line in its pod. */
  String velero(String... arguments) {
    String pod =
        client().pods().inNamespace(VELERO).withLabel("deploy", "velero").list().getItems().stream()
            .filter(found -> found.getStatus().getPhase().equals("Running"))
            .findFirst()
            .orElseThrow(() -> new AssertionError("Velero does not run on " + name()))
            .getMetadata()
            .getName();
    String[] command = new String[arguments.length + 1];
    command[0] = "/velero";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return exec(VELERO, pod, command);
  }

  /** Waits until Velero's kinds are served: its server brings them. */
  void awaitVelero(Duration patience) {
    Await.served(patience, client(), "backups.velero.io");
  }

  /** Velero's objects of a kind. */
  List<GenericKubernetesResource> list(Kind kind) {
    return kind.on(client()).inNamespace(VELERO).list().getItems();
  }

  /** Velero's backups that were made for a claim. */
  List<GenericKubernetesResource> backupsOf(String claim) {
    return made(Kind.VELERO_IO_BACKUP, claim);
  }

  /** Without those whose claim is applied again for no fault of ours. */
  private List<GenericKubernetesResource> made(Kind kind, String claim) {
    return kind
        .on(client())
        .inNamespace(VELERO)
        .withLabel(Claim.LABEL, claim)
        .list()
        .getItems()
        .stream()
        .filter(made -> !Claim.lostCredentials(made))
        .toList();
  }

  /** The storage location for a folder of the bucket, if there is one. */
  Optional<GenericKubernetesResource> location(String prefix) {
    return list(Kind.VELERO_IO_LOCATION).stream()
        .filter(found -> State.text(found, "spec", "objectStorage", "prefix").equals(prefix))
        .findFirst();
  }

  /** Waits until Velero's Backups that were made for a claim are as wanted. */
  List<GenericKubernetesResource> awaitBackupsOf(
      String claim, String what, Predicate<List<GenericKubernetesResource>> wanted) {
    return Await.untilAll(
        what,
        PATIENCE,
        Kind.VELERO_IO_BACKUP.on(client()).inNamespace(VELERO).withLabel(Claim.LABEL, claim),
        wanted);
  }

  /** Restores the workload from a backup into another namespace and waits until it runs. */
  void restore(String backup, String target) {
    velero(
        "restore",
        "create",
        target,
        "--from-backup",
        backup,
        "--namespace-mappings",
        Example.WORKLOAD + ":" + target,
        "--wait");
    assertThat(Kind.VELERO_IO_RESTORE.on(client()).inNamespace(VELERO).withName(target).get())
        .satisfies(restore -> assertThat(State.phase(restore)).isEqualTo("Completed"));
    awaitWorkload(target);
  }

  /** Velero's backups that were made for a claim of that namespace. */
  List<GenericKubernetesResource> backupsOf(String namespace, String claim) {
    return backupsOf(claim).stream().filter(backup -> isOf(namespace, backup)).toList();
  }

  /** Velero's restores that were made for a claim of that namespace. */
  List<GenericKubernetesResource> restoresOf(String namespace, String claim) {
    return made(Kind.VELERO_IO_RESTORE, claim).stream()
        .filter(restore -> isOf(namespace, restore))
        .toList();
  }

  private static boolean isOf(String namespace, GenericKubernetesResource made) {
    return namespace.equals(made.getMetadata().getLabels().get(Names.CLAIM_NAMESPACE_LABEL));
  }

  /** Its name on the hub. */
  String name() {
    return cluster.name();
  }

  /** A client with all rights. */
  KubernetesClient client() {
    return cluster.client();
  }

  /** Runs a program in a pod; returns what it prints, fails when it fails. */
  String exec(String namespace, String pod, String... command) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (ExecWatch running =
        client()
            .pods()
            .inNamespace(namespace)
            .withName(pod)
            .writingOutput(out)
            .writingError(err)
            .exec(command)) {
      int code = running.exitCode().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      String output = out.toString(StandardCharsets.UTF_8);
      if (code != 0) {
        throw new AssertionError(
            String.join(" ", command) + " in " + namespace + "/" + pod + ": " + output + err);
      }
      return output;
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(String.join(" ", command) + " failed on " + name(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
