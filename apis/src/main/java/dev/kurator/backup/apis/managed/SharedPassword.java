package dev.kurator.backup.apis.managed;

/** Whether two members open their backup repositories with the same password. */
public enum SharedPassword {
  /** They do. */
  Same,
  /** They do not: neither can read the other's volume data. */
  Different,
  /** Cannot be told: a member or its Secret is missing, or somebody else runs an engine. */
  Unknown
}
