package dev.kurator.backup.provider.reconcile;

import java.util.Optional;

/**
 * Who holds a Lease, written as {@code hub/term}.
 *
 * @param hub UID of the hub's ConfigMap kube-system/kube-root-ca.crt
 * @param term of one process that led there
 */
record LeaseHolder(String hub, String term) {

  /** Reads one; empty where it is not written so. */
  static Optional<LeaseHolder> parse(String text) {
    int slash = text.indexOf('/');
    return slash > 0 && slash == text.lastIndexOf('/') && slash < text.length() - 1
        ? Optional.of(new LeaseHolder(text.substring(0, slash), text.substring(slash + 1)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return hub + "/" + term;
  }
}
