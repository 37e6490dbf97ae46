package dev.kurator.backup.provider.reconcile;

/** A Secret on the hub. */
record SecretName(String namespace, String name) {

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
