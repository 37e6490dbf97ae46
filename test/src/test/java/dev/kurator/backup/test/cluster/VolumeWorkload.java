package dev.kurator.backup.test.cluster;

import java.time.Duration;
import java.util.Objects;

/**
 * A pod with volumes on a member.
 *
 * @param member where
 * @param namespace of the pod, which is called {@link #POD}
 */
record VolumeWorkload(Member member, String namespace) {

  /** Name of the pod. */
  static final String POD = "keeper";

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /**
   * Deploys the pod and writes {@link VolumeFiles} into its volumes.
   *
   * @param annotations of the pod, as flow YAML without the outer braces
   * @param volumes of the pod, likewise; each is mounted at /volumes/ and its name
   * @param names of the volumes
   */
  void deploy(String annotations, String volumes, String... names) {
    StringBuilder mounts = new StringBuilder();
    for (String name : names) {
      mounts.append("{name: %s, mountPath: /volumes/%s}, ".formatted(name, name));
    }
    member
        .cluster()
        .apply(
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: %s}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {namespace: %s, name: keeper, annotations: {%s}}
            spec:
              terminationGracePeriodSeconds: 0
              containers:
              - name: keeper
                image: busybox:1.36
                command: [sh, -c, sleep 1000000]
                volumeMounts: [%s]
              volumes: [%s]
            """
                .formatted(namespace, namespace, annotations, mounts, volumes));
    await();
    for (String name : names) {
      VolumeFiles.write(member, namespace, POD, "/volumes/" + name);
    }
  }

  /**
   * Makes a volume of the node, and the claim "disk" on it.
   *
   * @param volume name of the PersistentVolume, which is new
   * @param source of its data, as flow YAML
   */
  void claim(String volume, String source) {
    reserve(volume, source);
    member
        .cluster()
        .apply(
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: %s}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {namespace: %s, name: disk}
            spec:
              storageClassName: by-hand
              accessModes: [ReadWriteOnce]
              resources: {requests: {storage: 10Mi}}
            """
                .formatted(namespace, namespace));
  }

  /** Makes a volume of the node that only this namespace's claim "disk" can have. */
  void reserve(String volume, String source) {
    String node = member.client().nodes().list().getItems().getFirst().getMetadata().getName();
    member.cluster().exec("mkdir", "-p", folder(volume));
    member
        .cluster()
        .apply(
            """
            apiVersion: v1
            kind: PersistentVolume
            metadata: {name: %s}
            spec:
              capacity: {storage: 10Mi}
              accessModes: [ReadWriteOnce]
              persistentVolumeReclaimPolicy: Retain
              storageClassName: by-hand
              claimRef: {namespace: %s, name: disk}
              %s
              nodeAffinity:
                required:
                  nodeSelectorTerms:
                  - matchExpressions:
                    - {key: kubernetes.io/hostname, operator: In, values: [%s]}
            """
                .formatted(volume, namespace, source, node));
  }

  /** Folder on the node of a volume made here. */
  static String folder(String volume) {
    return "/var/lib/volumes/" + volume;
  }

  /** Waits until the pod runs. */
  void await() {
    Await.ready(PATIENCE, member.client().pods().inNamespace(namespace).withName(POD));
  }

  /** What is in one of its volumes. */
  String files(String volume) {
    return VolumeFiles.list(member, namespace, POD, "/volumes/" + volume);
  }

  /** Deletes the namespace with all in it and waits until it is gone. */
  void delete() {
    var found = member.client().namespaces().withName(namespace);
    found.delete();
    Await.until("it is gone", PATIENCE, found, Objects::isNull);
  }
}
