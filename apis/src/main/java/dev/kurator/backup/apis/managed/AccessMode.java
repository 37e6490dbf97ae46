package dev.kurator.backup.apis.managed;

/** Whether Velero may write to a storage location (velero pkg/apis/velero/v1). */
public enum AccessMode {
  ReadWrite,
  ReadOnly
}
