package dev.kurator.backup.provider.hub;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kurator.backup.apis.managed.ClusterProviderConfig;
import dev.kurator.backup.apis.managed.EngineSettings;
import dev.kurator.backup.apis.managed.HubResource;
import dev.kurator.backup.apis.managed.ManagementPolicy;
import dev.kurator.backup.apis.managed.UnreadableField;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.apis.managed.VeleroBackupStatus;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroInstallObservation;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class HubSerializationTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final KubernetesSerialization HUB = HubSerialization.create();

  private static final String CONFIG =
      """
      {"apiVersion": "velero.m.kurator.dev/v1alpha1", "kind": "ClusterProviderConfig",
       "metadata": {"name": "paris"},
       "spec": {"credentials": {"source": "Secret",
                  "secretRef": {"namespace": "n", "name": "s", "key": "k"}},
                "allowedNamespaces": ["team-*"],
                "velero": {"resources": {"limits": {"memory": {"": 1}, "cpu": "1"},
                                         "requests": "all"},
                           "concurrentBackups": 3000000000,
                           "version": "v1.18.3"}}}
      """;

  private static final String BACKUP =
      """
      {"apiVersion": "velero.m.kurator.dev/v1alpha1", "kind": "VeleroBackup",
       "metadata": {"name": "b", "namespace": "n"},
       "spec": {"forProvider": {"name": "x", "installName": "i", "deletionPolicy": "Keep"},
                "managementPolicies": ["Sometimes", "Observe", "Never", "Create"],
                "providerConfigRef": {"kind": "Cluster", "name": "paris"}},
       "status": {"atProvider": {"phase": "Completed", "errors": 99999999999999999999},
                  "conditions": [{"type": "Ready", "status": "True", "reason": "Available",
                    "lastTransitionTime": "2026-01-01T00:00:00Z", "observedGeneration": "x"}]}}
      """;

  private static List<String> fields(HubResource<?, ?> resource) {
    return resource.unreadable().stream().map(UnreadableField::field).toList();
  }

  private JsonNode written(Object resource) throws Exception {
    return JSON.readTree(HUB.asJson(resource));
  }

  @Test
  void exactlyTheValuesThatCannotBeReadAreLeftOut() {
    ClusterProviderConfig config = HUB.unmarshal(CONFIG, ClusterProviderConfig.class);

    EngineSettings velero = requireNonNull(config.getSpec().velero());
    assertThat(fields(config))
        .containsExactlyInAnyOrder(
            "spec.velero.resources.limits.memory",
            "spec.velero.resources.requests",
            "spec.velero.concurrentBackups");
    assertThat(requireNonNull(velero.resources()).limits()).containsOnlyKeys("cpu");
    assertThat(velero.version()).isEqualTo("v1.18.3");
    assertThat(config.unreadableProblem().orElseThrow())
        .contains(
            "spec.velero.concurrentBackups cannot be read: 3000000000 is not a whole number of at"
                + " most 2147483647; correct it");
  }

  @Test
  void nothingIsGuessedAndElementsKeepTheirPlaces() {
    VeleroBackup backup = HUB.unmarshal(BACKUP, VeleroBackup.class);

    assertThat(fields(backup))
        .containsExactlyInAnyOrder(
            "spec.forProvider.deletionPolicy",
            "spec.managementPolicies[0]",
            "spec.managementPolicies[2]",
            "spec.providerConfigRef.kind",
            "status.atProvider.errors");
    assertThat(backup.getSpec().managementPolicies())
        .containsExactly(ManagementPolicy.Observe, ManagementPolicy.Create);
    assertThat(backup.getSpec().forProvider().deletionPolicy()).isNull();
    assertThat(requireNonNull(backup.getStatus().atProvider()).phase()).isEqualTo("Completed");
  }

  @Test
  void aCopyCannotBeReadAtTheSamePlacesAndAWriteLosesNothing() throws Exception {
    for (String text : List.of(CONFIG, BACKUP)) {
      HubResource<?, ?> resource = HUB.unmarshal(text, kind(text));
      HubResource<?, ?> copy = HUB.clone(HUB.clone(resource));

      assertThat(copy.unreadable()).isNotEmpty().isEqualTo(resource.unreadable());
      assertThat(written(copy).get("spec")).isEqualTo(JSON.readTree(text).get("spec"));
      assertThat(written(copy).at("/status/atProvider"))
          .isEqualTo(JSON.readTree(text).at("/status/atProvider"));
    }
  }

  private static Class<? extends HubResource<?, ?>> kind(String text) {
    return text.equals(CONFIG) ? ClusterProviderConfig.class : VeleroBackup.class;
  }

  @Test
  void aNewStatusKeepsWhatOfTheOldOneCouldNotBeRead() throws Exception {
    VeleroBackup backup = HUB.unmarshal(BACKUP, VeleroBackup.class);
    backup.setStatus(
        new VeleroBackupStatus(VeleroBackupObservation.inPhase("Completed"), List.of(), 2L));

    assertThat(written(backup).at("/status/atProvider/errors").asText())
        .isEqualTo("99999999999999999999");
    assertThat(written(backup).at("/status/observedGeneration").asInt()).isEqualTo(2);
  }

  @Test
  void aMissingReferenceIsSaidAndNotInvented() throws Exception {
    VeleroInstall install =
        HUB.unmarshal(
            """
            {"apiVersion": "velero.m.kurator.dev/v1alpha1", "kind": "VeleroInstall",
             "metadata": {"name": "i", "namespace": "n"},
             "spec": {"forProvider": {"location": {"bucket": "b", "provider": "swift"}}}}
            """,
            VeleroInstall.class);

    assertThat(fields(install))
        .containsExactlyInAnyOrder(
            "spec.forProvider.location.provider",
            "spec.forProvider.credentials",
            "spec.providerConfigRef");
    assertThat(install.unreadableAt("spec.providerConfigRef.kind")).isTrue();
    assertThat(install.unreadableAt("spec.forProvider.location")).isTrue();
    assertThat(install.unreadableAt("spec.forProvider.accessMode")).isFalse();
    assertThat(written(install).get("spec").has("providerConfigRef")).isFalse();
    assertThat(written(install).at("/spec/forProvider/location/provider").asText())
        .isEqualTo("swift");
  }

  @Test
  void whatIsSeenOfAMemberAnywayIsSeenAgain() {
    VeleroInstall install =
        HUB.unmarshal(
            """
            {"apiVersion": "velero.m.kurator.dev/v1alpha1", "kind": "VeleroInstall",
             "metadata": {"name": "i", "namespace": "n"},
             "spec": {"forProvider": {"location": {"bucket": "b", "provider": "aws"},
                        "credentials": {"name": "s", "key": "k"}},
                      "managementPolicies": ["*"],
                      "providerConfigRef": {"kind": "ProviderConfig", "name": "p"}},
             "status": {"atProvider": {"memberIdentity": "m", "nodeAgentsDesired": 3000000000}}}
            """,
            VeleroInstall.class);

    assertThat(install.unreadable()).isEmpty();
    VeleroInstallObservation seen = requireNonNull(install.getStatus().atProvider());
    assertThat(seen.memberIdentity()).isEqualTo("m");
    assertThat(seen.nodeAgentsDesired()).isNull();
  }

  @Test
  void aNumberIsNoNameOfAValue() {
    VeleroBackup backup =
        HUB.unmarshal(
            """
            {"apiVersion": "velero.m.kurator.dev/v1alpha1", "kind": "VeleroBackup",
             "metadata": {"name": "b", "namespace": "n"},
             "spec": {"forProvider": {"name": "x", "installName": "i", "deletionPolicy": 0},
                      "managementPolicies": ["*"],
                      "providerConfigRef": {"kind": "ProviderConfig", "name": "p"}}}
            """,
            VeleroBackup.class);

    assertThat(fields(backup)).containsExactly("spec.forProvider.deletionPolicy");
    assertThat(backup.getSpec().forProvider().deletionPolicy()).isNull();
  }

  @Test
  void fieldsOfANewerReleaseAreNoErrors() {
    VeleroBackup backup =
        HUB.unmarshal(
            """
            {"apiVersion": "velero.m.kurator.dev/v1alpha1", "kind": "VeleroBackup", "new": 1,
             "metadata": {"name": "b", "namespace": "n"},
             "spec": {"new": {}, "forProvider": {"name": "x", "installName": "i", "new": [1]},
                      "managementPolicies": ["*"],
                      "providerConfigRef": {"kind": "ProviderConfig", "name": "p", "new": 2}},
             "status": {"new": true}}
            """,
            VeleroBackup.class);

    assertThat(backup.unreadable()).isEmpty();
    assertThat(backup.getSpec().forProvider().name()).isEqualTo("x");
  }
}
