package dev.kurator.backup.provider.reconcile;

/** Where the content of the hub's Secrets comes from. */
interface SecretSource {

  /** The content of a key of a Secret as it is known now; from then on its changes are told. */
  SecretValue read(SecretName name, String key);
}
