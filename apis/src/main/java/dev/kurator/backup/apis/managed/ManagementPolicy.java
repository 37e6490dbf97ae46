package dev.kurator.backup.apis.managed;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the provider may do with the object on the member (Crossplane's management policies). */
public enum ManagementPolicy {
  Observe,
  Create,
  Update,
  Delete,
  LateInitialize,
  @JsonProperty("*")
  All
}
