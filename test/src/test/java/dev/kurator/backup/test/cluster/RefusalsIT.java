package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API server itself refuses, by the schemas that the packages installed. */
@ClusterTest
class RefusalsIT {

  private static final String NAMESPACE = "team-refused";
  private static final String STORAGE =
      """
      storage:
        location: {provider: aws, bucket: backups, region: lab}
        credentials: bucket-credentials
      """;
  private static final String FLEET = "destination: {fleet: europe}\n";

  private static final String CREDENTIALS =
      "  credentials: {source: Secret, secretRef: {name: k, key: kubeconfig}}\n";

  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

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
          labelSelector: {matchLabels: {a: b}}, orLabelSelectors: [{matchLabels: {c: d}}] | exclude each other
          includedResources: [pods], includedClusterScopedResources: [nodes]              | ClusterScoped
          includeClusterResources: true, excludedNamespaceScopedResources: [pods]         | NamespaceScoped
          """)
  void filtersThatVeleroWouldRefuse(String filter, String reason) {
    refused(FLEET + "policies: [{policy: {resourceFilter: {" + filter + "}}}]", reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ttl: 30d                  | write 30d as 720h
          ttl: '-1h'                | Go duration
          ttl: ''                   | Go duration
          itemOperationTimeout: 1 h | Go duration
          ttl: 99999999h            | at most 876000h
          ttl: 999999h999999h       | at most 876000h
          ttl: 1e3h                 | Go duration
          ttl: 0s                   | more than 0
          itemOperationTimeout: 8761h | at most 8760h
          """)
  void durationsThatGoDoesNotReadOrNobodyNeeds(String field, String reason) {
    refused(FLEET + "policies: [{policy: {" + field + "}}]", reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          policy: {ttl: 99999999h}                   | policy.ttl
          policy: {ttl: 2562047h47m16.854775808s}    | policy.ttl
          policy: {ttl: 9223372036854775808ns}       | policy.ttl
          policy: {ttl: ''}                          | policy.ttl
          policy: {itemOperationTimeout: 99999999h}  | policy.itemOperationTimeout
          startDeadline: 99999999h                   | startDeadline
          progressInterval: 1ns                      | at least 1s
          labels: {team: 'a b'}                      | labels.team
          labels: {'a b': team}                      | label key
          installName: A_B                           | installName
          """)
  void managedResourcesThatVeleroOrAnApiServerCouldNotRead(String fields, String reason) {
    String install = fields.startsWith("installName") ? "" : "installName: i, ";
    refusedObject(
        "VeleroBackup",
        """
          providerConfigRef: {kind: ProviderConfig, name: p}
          forProvider: {name: a, FIELDS}
        """
            .replace("FIELDS", install + fields),
        reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          resources: {limits: {memory: ''}}                   | resources.limits.memory
          resources: {limits: {memory: 1e6z}}                 | resources.limits.memory
          resources: {requests: {cpu: -1}}                    | resources.requests.cpu
          resources: {limits: {memory: '1e999999999'}}        | resources.limits.memory
          nodeAgent: {resources: {limits: {memory: ' 1Gi'}}}  | nodeAgent.resources.limits.memory
          concurrentBackups: 3000000000                       | concurrentBackups
          tolerations: [{tolerationSeconds: 1.0e+30}]         | tolerationSeconds
          plugins: {aws: 'a b'}                               | plugins.aws
          plugins: {minio: a}                                 | aws, azure and gcp
          nodeSelector: {a: 'b c'}                            | nodeSelector.a
          """)
  void engineSettingsThatNoProgramCouldRead(String fields, String reason) {
    refusedObject("ProviderConfig", CREDENTIALS + "  velero: {" + fields + "}\n", reason);
  }

  @Test
  void quantitiesAsKubernetesHasThemAreTaken() {
    String velero =
        "  velero: {resources: {limits: {cpu: 2, memory: 4294967296}, requests: {cpu: 500m,"
            + " memory: 1.5Gi}}}\n";
    assertThat(object("ProviderConfig", CREDENTIALS + velero).dryRun().create()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"0 25 * * *", "* * * *", "@fortnightly", "0 0 * * * *", "every day"})
  void schedulesThatVeleroDoesNotRead(String cron) {
    refused(FLEET + "schedule: '" + cron + "'", "five cron fields");
  }

  @Test
  void twoPoliciesOfOneName() {
    refused(FLEET + "policies: [{name: a}, {name: a}]", "two policies have the same name");
  }

  @Test
  void noDestinationAnywhere() {
    refused("", "a destination is missing");
    refused(
        "policies: [{name: a, destination: {fleet: europe}}, {name: b}]",
        "a destination is missing");
  }

  @Test
  void aClaimWithoutStorage() {
    assertThatThrownBy(() -> create("none", FLEET).create())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("spec.storage: Required value");
  }

  /** Object stores and Velero may clean such paths: it would be another member's folder. */
  @Test
  void aPrefixThatLeavesItsFolder() {
    String storage = STORAGE.replace("bucket: backups", "bucket: backups, prefix: a/../b");
    assertThatThrownBy(() -> create("refused", storage + FLEET).dryRun().create())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("spec.storage.location.prefix");
  }

  @Test
  void editsOfAnAcceptedOneTimeBackup() {
    Resource<GenericKubernetesResource> accepted = accepted();

    refusedEdit(accepted, "storage", Map.of("credentials", "other"), "spec.storage");
    refusedEdit(accepted, "destination", Map.of("fleet", "asia"), "spec.destination");
    refusedEdit(accepted, "startDeadline", "2h", "spec.startDeadline");
    refusedEdit(accepted, "schedule", "@daily", "spec.schedule");
    refusedEdit(accepted, "policies", List.of(Map.of("name", "other")), "spec.policies");
  }

  @Test
  void pausedAndDeletionPolicyStayEditable() {
    Resource<GenericKubernetesResource> accepted = accepted();

    edit(accepted, "paused", true);
    edit(accepted, "deletionPolicy", "Delete");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          edited | {deletionPolicy: Retain} | {phase: Scheduled, deletionPolicy: Delete}
          unset  | {}                       | {phase: Scheduled, deletionPolicy: Delete}
          older  | {crossplane: {resourceRefs: [{apiVersion: v1, kind: VeleroBackup, name: a}]}} | {phase: Running}
          """)
  void deletionsOfWhatSaysRetainAndMayStillDelete(String name, String spec, String status) {
    Resource<GenericKubernetesResource> claim = paused(name, spec, status);

    assertThatThrownBy(() -> claim.dryRun().delete())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("wait until status.deletionPolicy is Retain");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          arrived | {deletionPolicy: Retain} | {phase: Scheduled, deletionPolicy: Retain}
          asked   | {deletionPolicy: Delete} | {phase: Scheduled, deletionPolicy: Delete}
          new     | {deletionPolicy: Retain} | {phase: Pending}
          """)
  void noOtherDeletionIsRefused(String name, String spec, String status) {
    assertThat(paused(name, spec, status).dryRun().delete()).isNotEmpty();
  }

  /** It takes the managed resources itself, and would otherwise never end. */
  @Test
  void aNamespaceThatIsDeletedTakesEveryClaimAlong() {
    String namespace = bed.namespace("team-refused-gone");
    Resource<GenericKubernetesResource> claim =
        paused(namespace, "undecided", "{deletionPolicy: Retain}", "{deletionPolicy: Delete}");
    assertThatThrownBy(() -> claim.dryRun().delete()).isInstanceOf(KubernetesClientException.class);

    try (HeldNamespace _ = HeldNamespace.on(bed.hub().cluster(), namespace)) {
      Await.until("the claim is gone", Duration.ofMinutes(2), claim, Objects::isNull);
    }
  }

  @Test
  void aGoodClaimIsTaken() {
    assertThat(create("good", STORAGE + FLEET).dryRun().create()).isNotNull();
  }

  /** Accepted, as the function would say. */
  private Resource<GenericKubernetesResource> accepted() {
    return paused("accepted", "{}", "{phase: Running}");
  }

  private Resource<GenericKubernetesResource> paused(String name, String spec, String status) {
    return paused(NAMESPACE, name, spec, status);
  }

  /**
   * A claim that Crossplane leaves alone.
   *
   * @param spec more of its spec
   * @param status as the function would write it
   */
  private Resource<GenericKubernetesResource> paused(
      String namespace, String name, String spec, String status) {
    Resource<GenericKubernetesResource> claim =
        bed.hub()
            .client()
            .resource(
                Serialization.unmarshal(
                    new ClaimYaml(namespace, name, STORAGE + FLEET)
                        .text()
                        .replace(
                            "  name:", "  annotations: {crossplane.io/paused: \"true\"}\n  name:"),
                    GenericKubernetesResource.class));
    claim.serverSideApply();
    claim.patch(MERGE, json("{spec: " + spec + "}"));
    claim.subresource("status").patch(MERGE, json("{status: " + status + "}"));
    return claim;
  }

  /** What begins with a brace would be read as JSON. */
  private static String json(String yaml) {
    return Serialization.asJson(Serialization.unmarshal("---\n" + yaml, Map.class));
  }

  private static void refusedEdit(
      Resource<GenericKubernetesResource> accepted, String field, Object value, String reason) {
    assertThatThrownBy(() -> edit(accepted, field, value))
        .as("an edit of " + field)
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(reason);
  }

  /** A patch and no update: Crossplane writes the claim too, and a conflict is not a refusal. */
  private static void edit(Resource<GenericKubernetesResource> claim, String field, Object value) {
    claim.dryRun().patch(MERGE, Serialization.asJson(Map.of("spec", Map.of(field, value))));
  }

  private void refused(String spec, String reason) {
    assertThatThrownBy(() -> create("refused", STORAGE + spec).dryRun().create())
        .as(spec)
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(reason);
  }

  private void refusedObject(String kind, String spec, String reason) {
    assertThatThrownBy(() -> object(kind, spec).dryRun().create())
        .as(spec)
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(reason);
  }

  private Resource<GenericKubernetesResource> object(String kind, String spec) {
    return bed.hub()
        .client()
        .resource(
            Serialization.unmarshal(
                """
                apiVersion: velero.m.kurator.dev/v1alpha1
                kind: %s
                metadata: {name: refused, namespace: %s}
                spec:
                """
                        .formatted(kind, NAMESPACE)
                    + spec,
                GenericKubernetesResource.class));
  }

  private Resource<GenericKubernetesResource> create(String name, String spec) {
    return bed.hub()
        .client()
        .resource(
            Serialization.unmarshal(
                new ClaimYaml(NAMESPACE, name, spec).text(), GenericKubernetesResource.class));
  }
}
