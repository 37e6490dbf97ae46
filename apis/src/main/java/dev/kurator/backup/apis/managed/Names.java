package dev.kurator.backup.apis.managed;

/** Names that more than one program must spell alike: groups, labels, annotations. */
public final class Names {

  /** API group of the managed resources. */
  public static final String GROUP = "velero.m.kurator.dev";

  /** Version of every type of that group. */
  public static final String VERSION = "v1alpha1";

  /** Label of a provider config: the fleet that the member belongs to. */
  public static final String FLEET_LABEL = "fleet.kurator.dev/name";

  /** Label of a Velero object: kind of the claim it was made for. */
  public static final String CLAIM_KIND_LABEL = "backup.kurator.dev/claim-kind";

  /** Label of a Velero object: namespace of the claim it was made for. */
  public static final String CLAIM_NAMESPACE_LABEL = "backup.kurator.dev/claim-namespace";

  /** Label of a Velero object: name of the claim it was made for. */
  public static final String CLAIM_NAME_LABEL = "backup.kurator.dev/claim-name";

  /** Label of a Velero object: the claim's policy that it carries out. */
  public static final String POLICY_LABEL = "backup.kurator.dev/policy";

  /** Label of a Velero object: identity (UID of kube-system) of the member that made it. */
  public static final String MEMBER_LABEL = "velero.m.kurator.dev/member";

  /** Label of everything the provider makes on a member: the hub that owns it. */
  public static final String HUB_LABEL = "velero.m.kurator.dev/hub";

  /** Label of a Velero object whose claim was deleted: a later claim of that name passes it by. */
  public static final String RELEASED_LABEL = "velero.m.kurator.dev/released";

  /** Annotation of a Velero object: hash of the policy as the user wrote it. */
  public static final String POLICY_HASH_ANNOTATION = "velero.m.kurator.dev/policy-hash";

  /**
   * Annotation of a Velero object: UID of the hub that made it, which two hubs with one id do not
   * share. Objects of earlier releases have none.
   */
  public static final String HUB_UID_ANNOTATION = "velero.m.kurator.dev/hub-uid";

  /**
   * Crossplane's annotation: name of the external object. That of an operation is written by the
   * provider alone, since only it knows the suffix; that of a storage location is known beforehand.
   */
  public static final String EXTERNAL_NAME = "crossplane.io/external-name";

  /** Crossplane's annotation: when the creation of the external object was about to be tried. */
  public static final String EXTERNAL_CREATE_PENDING = "crossplane.io/external-create-pending";

  /**
   * Annotation of an operation: the name of the external object that it made or adopted. Only that
   * one is released or deleted with it: an external name can be edited, and may be that of an
   * object which is only observed.
   */
  public static final String OWNED = GROUP + "/made-or-adopted";

  /** Crossplane's annotation: {@code "true"} stops reconciliation. */
  public static final String PAUSED = "crossplane.io/paused";

  /**
   * Finalizer of every managed resource; Crossplane's own has no slash, which fabric8 refuses. The
   * function renders it, which saves a write; on those written by hand the provider puts it.
   */
  public static final String FINALIZER = "velero.m.kurator.dev/finalizer";

  /** Phase of an operation that its start deadline ended before Velero began. */
  public static final String NOT_STARTED = "NotStarted";

  private Names() {}
}
