package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API server refuses of a Restore, with the reason. */
@ClusterTest
class RestoreRefusalsIT {

  private static final String NAMESPACE = "default";
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final Bed bed = Bed.shared();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                                       | backupName
          {backupName: b, sourceCluster: paris}                                    | name those in destination
          {backupName: b, policies: [{name: a}, {name: a}]}                        | the same name
          {backupName: b, policies: [{policy: {}}]}                                | name
          {backupName: b, startDeadline: 1d}                                       | days are not a unit
          {backupName: b, policies: [{name: a, policy: {namespaceMapping: {a: c, b: c}}}]}                            | two namespaces onto one
          {backupName: b, policies: [{name: a, policy: {namespaceMapping: {a: b}, resourceFilter: {includedNamespaces: [a, b]}}}]} | restored too
          {backupName: b, policies: [{name: a, policy: {existingResourcePolicy: replace}}]}                           | existingResourcePolicy
          {backupName: b, policies: [{name: a, policy: {resourceFilter: {includedResources: [nodes]}}}]}              | never restores
          {backupName: b, policies: [{name: a, policy: {resourceFilter: {includedResources: [pods, backups.velero.io]}}}]} | never restores
          {backupName: b, policies: [{name: a, policy: {resourceFilter: {includedClusterScopedResources: [csinodes.storage.k8s.io], excludedNamespaceScopedResources: ['*']}}}]} | never restores
          {backupName: b, policies: [{name: a, policy: {resourceFilter: {includedNamespaceScopedResources: [pods]}}}]} | leave the other scope open
          {backupName: b, policies: [{name: a, policy: {resourceFilter: {includedNamespaceScopedResources: [pods], excludedClusterScopedResources: [persistentvolumes]}}}]} | leave the other scope open
          {backupName: b, policies: [{name: a, policy: {resourceFilter: {includedNamespaceScopedResources: [pods], includedClusterScopedResources: ['*']}}}]} | leave the other scope open
          {backupName: b, policies: [{name: a, policy: {resourceFilter: {includedClusterScopedResources: [persistentvolumes]}}}]} | leave the other scope open
          {backupName: b, policies: [{name: a, policy: {resourceFilter: {excludedNamespaceScopedResources: ['*']}}}]} | leave the other scope open
          {backupName: b, policies: [{name: a, policy: {resourceFilter: {includedClusterScopedResources: ['*'], excludedNamespaceScopedResources: ['*']}}}]} | leave the other scope open
          {backupName: b, policies: [{name: a, policy: {resourceFilter: {labelSelector: {matchLabels: {a: b}}, orLabelSelectors: [{matchLabels: {a: b}}]}}}]} | exclude each other
          """)
  void aRestoreThatCannotBeCarriedOut(String spec, String reason) {
    assertThatThrownBy(() -> create(spec).dryRun().create())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {includedNamespaceScopedResources: [pods], includedClusterScopedResources: [persistentvolumes]}
          {includedNamespaceScopedResources: [pods], excludedClusterScopedResources: ['*']}
          {includedClusterScopedResources: [persistentvolumes], excludedNamespaceScopedResources: ['*']}
          {includedClusterScopedResources: ['*'], excludedNamespaceScopedResources: [pods]}
          {excludedClusterScopedResources: [persistentvolumes], excludedNamespaceScopedResources: [pods]}
          {includedNamespaceScopedResources: ['*'], excludedClusterScopedResources: ['*']}
          {includedResources: [pods, persistentvolumes], includeClusterResources: true}
          """)
  void aRestoreThatVeleroCanExpress(String filter) {
    String spec =
        "{backupName: b, policies: [{name: a, policy: {resourceFilter: " + filter + "}}]}";
    assertThat(create(spec).dryRun().create()).isNotNull();
  }

  @Test
  void everyFieldIsFixedOnceTheRestoreIsAccepted() {
    Resource<GenericKubernetesResource> accepted =
        create("{backupName: b, destination: {fleet: europe}}");
    accepted.serverSideApply();
    accepted.subresource("status").patch(MERGE, "{\"status\": {\"phase\": \"Running\"}}");

    refusedEdit(accepted, "backupName", "other");
    refusedEdit(accepted, "policies", List.of(Map.of("name", "other")));
    refusedEdit(accepted, "destination", Map.of("fleet", "asia"));
    refusedEdit(accepted, "sourceCluster", "rome");
    refusedEdit(accepted, "run", "other");
    refusedEdit(accepted, "startDeadline", "2h");
    accepted.delete();
  }

  private static void refusedEdit(
      Resource<GenericKubernetesResource> accepted, String field, Object value) {
    String patch = Serialization.asJson(Map.of("spec", Map.of(field, value)));
    assertThatThrownBy(() -> accepted.dryRun().patch(MERGE, patch))
        .as("an edit of " + field)
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("spec." + field + " is fixed");
  }

  /** Paused, so that Crossplane leaves it alone. */
  private Resource<GenericKubernetesResource> create(String spec) {
    String yaml =
        """
        apiVersion: backup.kurator.dev/v1alpha1
        kind: Restore
        metadata: {namespace: %s, name: refused, annotations: {crossplane.io/paused: "true"}}
        spec: %s
        """
            .formatted(NAMESPACE, spec);
    return bed.hub()
        .client()
        .resource(Serialization.unmarshal(yaml, GenericKubernetesResource.class));
  }
}
