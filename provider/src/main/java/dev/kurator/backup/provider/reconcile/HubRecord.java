package dev.kurator.backup.provider.reconcile;

import java.util.SequencedMap;

/** What a hub remembers of itself: its UID, and the last round of each of its terms. */
interface HubRecord {

  /**
   * The terms as they were read.
   *
   * @param version what to write back against
   * @param terms each with its last round, in the order of their writing
   */
  record Kept(String version, SequencedMap<String, Long> terms) {}

  /**
   * The hub's UID, which a copy of the hub has too.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException where it cannot be read
   */
  String hubUid();

  /**
   * The terms so far; none where nothing was written yet.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException where they cannot be read
   */
  Kept read();

  /**
   * Writes them anew.
   *
   * @return whether they were written; not where somebody wrote since that version was read
   * @throws io.fabric8.kubernetes.client.KubernetesClientException where they cannot be written
   */
  boolean write(String version, SequencedMap<String, Long> terms);
}
