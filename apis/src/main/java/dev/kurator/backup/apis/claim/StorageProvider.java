package dev.kurator.backup.apis.claim;

/** The object store's kind, which picks Velero's plugin: aws stands for any S3. */
public enum StorageProvider {
  aws,
  azure,
  gcp
}
