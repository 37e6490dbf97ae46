package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.ManagementPolicy;
import dev.kurator.backup.apis.managed.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/** What Crossplane's management policies and annotations allow. */
record Policies(boolean paused, boolean create, boolean update, boolean delete) {

  /**
   * Reads them off a managed resource; no policy at all means paused, as in Crossplane, but where
   * none can be read it is the default, all.
   */
  static Policies of(HasMetadata resource, List<ManagementPolicy> written) {
    List<ManagementPolicy> policies =
        written.isEmpty() && Unreadable.at(resource, "spec.managementPolicies")
            ? List.of(ManagementPolicy.All)
            : written;
    boolean annotated = "true".equals(Annotations.of(resource).get(Names.PAUSED));
    boolean all = policies.contains(ManagementPolicy.All);
    return new Policies(
        annotated || policies.isEmpty(),
        all || policies.contains(ManagementPolicy.Create),
        all || policies.contains(ManagementPolicy.Update),
        all || policies.contains(ManagementPolicy.Delete));
  }

  /** Whether nothing on the member may be made or changed. */
  boolean observeOnly() {
    return !create && !update;
  }
}
