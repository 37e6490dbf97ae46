package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API server refuses of a Migrate, with the reason. */
@ClusterTest
class MigrateRefusalsIT {

  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  private static final String WAY =
      "storage: {credentials: c, location: {provider: aws, bucket: backups, region: eu}},"
          + " sourceCluster: {fleet: a}, targetCluster: {fleet: b}";

  private final Bed bed = Bed.shared();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {sourceCluster: {fleet: a}, targetCluster: {fleet: b}}                                            | storage
          {storage: {credentials: c, location: {provider: aws, bucket: backups, region: eu}}, targetCluster: {fleet: b}} | sourceCluster
          {storage: {credentials: c, location: {provider: aws, bucket: backups, region: eu}}, sourceCluster: {fleet: b}} | targetCluster
          {storage: {credentials: c, location: {provider: aws, bucket: backups, region: eu}}, sourceCluster: {fleet: a}, targetCluster: {fleet: a}} | are the same
          {WAY, ttl: 1d}                                                                                    | days are not a unit
          {WAY, startDeadline: soon}                                                                        | startDeadline
          {WAY, policy: {namespaceMapping: {a: c, b: c}}}                                                   | two namespaces onto one
          {WAY, policy: {namespaceMapping: {a: b}, resourceFilter: {includedNamespaces: [a, b]}}}           | restored too
          {WAY, policy: {resourceFilter: {includedResources: [nodes]}}}                                     | never restores
          {WAY, policy: {resourceFilter: {includedResources: [pods], includedNamespaceScopedResources: [pods]}}} | exclude
          {WAY, policy: {resourceFilter: {labelSelector: {matchLabels: {a: b}}, orLabelSelectors: [{matchLabels: {a: b}}]}}} | exclude each other
          {WAY, policy: {orderedResources: {pods: 'a/b, a/c'}}}                                             | spaces
          {WAY, policy: {existingResourcePolicy: replace}}                                                  | existingResourcePolicy
          {WAY, policy: {itemOperationTimeout: 1d}}                                                         | days are not a unit
          """)
  void aMigrateThatCannotBeCarriedOut(String spec, String reason) {
    assertThatThrownBy(() -> create(spec).dryRun().create())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {WAY}
          {WAY, policy: {resourceFilter: {includedNamespaceScopedResources: [pods]}}}
          {WAY, policy: {namespaceMapping: {a: b, b: a}, migrateStatus: {includedResources: [pods]}, preserveNodePorts: true}}
          {WAY, ttl: 24h, deletionPolicy: Delete, startDeadline: 10m, policy: {defaultVolumesToFsBackup: false, existingResourcePolicy: update}}
          """)
  void aMigrateThatCan(String spec) {
    assertThat(create(spec).dryRun().create()).isNotNull();
  }

  @Test
  void everyFieldButTheDeletionPolicyIsFixedOnceTheMigrateIsAccepted() {
    Resource<GenericKubernetesResource> accepted = create("{WAY}");
    accepted.serverSideApply();
    accepted.subresource("status").patch(MERGE, "{\"status\": {\"phase\": \"Preparing\"}}");

    refusedEdit(accepted, "storage", Map.of("credentials", "other"));
    refusedEdit(accepted, "sourceCluster", Map.of("fleet", "other"));
    refusedEdit(accepted, "targetCluster", Map.of("fleet", "other"));
    refusedEdit(accepted, "policy", Map.of("preserveNodePorts", true));
    refusedEdit(accepted, "ttl", "1h");
    refusedEdit(accepted, "startDeadline", "2h");
    accepted.dryRun().patch(MERGE, "{\"spec\": {\"deletionPolicy\": \"Delete\"}}");
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
        kind: Migrate
        metadata: {namespace: default, name: refused, annotations: {crossplane.io/paused: "true"}}
        spec: %s
        """
            .formatted(spec.replace("WAY", WAY));
    return bed.hub()
        .client()
        .resource(Serialization.unmarshal(yaml, GenericKubernetesResource.class));
  }
}
