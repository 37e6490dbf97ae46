package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Names;

/** The kinds of managed resource. */
enum ManagedKind {
  VeleroInstall,
  VeleroBackup,
  VeleroSchedule,
  VeleroRestore;

  /** Group, version and kind as Crossplane's metrics spell them. */
  String gvk() {
    return Names.GROUP + "/" + Names.VERSION + ", Kind=" + name();
  }
}
