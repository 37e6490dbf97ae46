package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Velero would refuse in a policy (velero pkg/controller/backup_controller.go
 * prepareBackupRequest) the API server refuses, and nothing else.
 */
@ClusterTest
class FilterRefusalsIT {

  private static final String NAMESPACE = "team-refused";

  private final Bed bed = Bed.shared();

  @BeforeEach
  void makeNamespace() {
    bed.hub().namespace(NAMESPACE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          labelSelector: {matchLabels: {a: b}}, orLabelSelectors: [{matchLabels: {c: d}}]   | exclude each other
          labelSelector: {}, orLabelSelectors: []                                           | exclude each other
          includedResources: [pods], excludedClusterScopedResources: [nodes]                | use one family
          excludedResources: [pods], includedNamespaceScopedResources: [secrets]            | use one family
          includeClusterResources: false, includedClusterScopedResources: [nodes]           | use one family
          includedNamespaces: ['*', shop]                                                   | its only item
          includedResources: [pods, '*']                                                    | its only item
          includedClusterScopedResources: ['*', nodes]                                      | its only item
          includedNamespaceScopedResources: [pods, '*']                                     | its only item
          excludedNamespaces: ['*']                                                         | would leave nothing
          excludedResources: [pods, '*']                                                    | would leave nothing
          excludedClusterScopedResources: ['*', nodes]                                      | its only item
          excludedNamespaceScopedResources: ['*', pods]                                     | its only item
          excludedClusterScopedResources: ['*'], includedClusterScopedResources: [nodes]    | without an included... list
          excludedNamespaceScopedResources: ['*'], includedNamespaceScopedResources: [pods] | without an included... list
          includedNamespaces: [shop, till], excludedNamespaces: [till]                      | remove it from one of them
          includedNamespaces: ['a*'], excludedNamespaces: ['a*']                            | remove it from one of them
          includedResources: [pods], excludedResources: [pods]                              | remove it from one of them
          includedClusterScopedResources: [pv], excludedClusterScopedResources: [pv]        | remove it from one of them
          includedNamespaceScopedResources: [cm], excludedNamespaceScopedResources: [cm]    | remove it from one of them
          includedNamespaces: [Shop]                                                        | a namespace here is
          includedNamespaces: [shop-]                                                       | a namespace here is
          includedNamespaces: [-shop]                                                       | a namespace here is
          includedNamespaces: [shop.eu]                                                     | a namespace here is
          includedNamespaces: ['shop/pods']                                                 | a namespace here is
          includedNamespaces: ['a**']                                                       | a namespace here is
          includedNamespaces: ['a[']                                                        | a namespace here is
          includedNamespaces: ['a]b']                                                       | a namespace here is
          includedNamespaces: ['a[]']                                                       | a namespace here is
          includedNamespaces: ['a[!b]']                                                     | a namespace here is
          includedNamespaces: ['a[a-c0-9]']                                                 | a namespace here is
          excludedNamespaces: ['{a,b}']                                                     | a namespace here is
          'excludedNamespaces: [''a|b'']'                                                   | a namespace here is
          excludedNamespaces: ['(a)']                                                       | a namespace here is
          excludedNamespaces: ['a,b']                                                       | a namespace here is
          excludedNamespaces: ['']                                                          | excludedNamespaces[0]
          excludedNamespaces: [aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff1234] | excludedNamespaces[0]
          labelSelector: {matchLabels: {a: 'b c'}}                                          | a label value has
          orLabelSelectors: [{matchLabels: {a: -b}}]                                        | a label value has
          labelSelector: {matchExpressions: [{key: 'a b', operator: Exists}]}               | a label key
          labelSelector: {matchExpressions: [{key: a/b/c, operator: Exists}]}               | a label key
          labelSelector: {matchExpressions: [{key: a, operator: In, values: ['b c']}]}      | values[0]
          labelSelector: {matchExpressions: [{key: a, operator: In}]}                       | need at least one
          labelSelector: {matchExpressions: [{key: a, operator: Exists, values: [b]}]}      | values belong to In
          labelSelector: {matchExpressions: [{key: a, operator: Is, values: [b]}]}          | Unsupported value
          """)
  void filtersThatVeleroRefuses(String filter, String reason) {
    refused("resourceFilter: {" + filter + "}", reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ttl: 30d                                        | write 30d as 720h
          ttl: '-1h'                                      | Go duration
          ttl: '1'                                        | Go duration
          itemOperationTimeout: 1 h                       | Go duration
          itemOperationTimeout: -30m                      | Go duration
          orderedResources: {pods: 'shop/a, shop/b'}      | no spaces
          orderedResources: {pods: 'shop/a,'}             | no spaces
          orderedResources: {pods: ''}                    | no spaces
          """)
  void settingsThatVeleroRefusesOrOverlooks(String field, String reason) {
    refused(field, reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "includedNamespaces: ['*']",
        "includedNamespaces: ['*'], excludedNamespaces: ['kube-*', shop]",
        "includedNamespaces: ['*-eu', 'a?c', 'sh[io]p', 's[a-z]op', '[-]x', 7]",
        "includedNamespaces: ['a*'], excludedNamespaces: ['ab*']",
        "includedResources: ['*'], excludedResources: [secrets], includeClusterResources: true",
        "includedResources: [deploy, cm, Pods, deployments.apps, '*.example.org']",
        "includedClusterScopedResources: ['*'], excludedClusterScopedResources: [nodes]",
        "excludedClusterScopedResources: ['*'], includedNamespaceScopedResources: ['*']",
        "excludedNamespaceScopedResources: ['*'], includedClusterScopedResources: [pv]",
        "labelSelector: {}",
        "labelSelector: {matchLabels: {example.org/a: '', b: 'C_d.e'}}",
        "orLabelSelectors: [{matchExpressions: [{key: a, operator: NotIn, values: ['', b]}]}]",
        "labelSelector: {matchExpressions: [{key: e-x.org/a_b.c, operator: DoesNotExist}]}"
      })
  void filtersThatVeleroTakesAreTaken(String filter) {
    taken("resourceFilter: {" + filter.replace(" 7]", " '7']") + "}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ttl: 1h30m",
        "ttl: 0.5h",
        "itemOperationTimeout: 90m",
        "orderedResources: {pods: 'shop/a,shop/b', persistentvolumes: one}"
      })
  void settingsThatVeleroTakesAreTaken(String field) {
    taken(field);
  }

  private void refused(String policy, String reason) {
    assertThatThrownBy(() -> claim(policy).dryRun().create())
        .as(policy)
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(reason);
  }

  private void taken(String policy) {
    assertThat(claim(policy).dryRun().create()).isNotNull();
  }

  private Resource<GenericKubernetesResource> claim(String policy) {
    String spec =
        """
        storage:
          location: {provider: aws, bucket: backups, region: lab}
          credentials: bucket-credentials
        destination: {fleet: europe}
        policies: [{policy: {%s}}]
        """
            .formatted(policy);
    return bed.hub()
        .client()
        .resource(
            Serialization.unmarshal(
                new ClaimYaml(NAMESPACE, "refused", spec).text(), GenericKubernetesResource.class));
  }
}
