package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.claim.StorageProvider;
import dev.kurator.backup.apis.managed.ClusterProviderConfig;
import dev.kurator.backup.apis.managed.EngineSettings;
import dev.kurator.backup.apis.managed.LocationName;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroSchedule;
import dev.kurator.backup.provider.velero.Location;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One object that cannot be read costs that object: everybody else's work continues. */
class UnreadableLifeTest extends ProviderLife {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String API = "/apis/velero.m.kurator.dev/v1alpha1/";
  private static final String OTHER = "team-b";

  private static final String CREDENTIALS =
      "'credentials':{'source':'Secret','secretRef':{'namespace':'n','name':'bad','key':'k'}}";
  private static final String REFERENCE =
      "'providerConfigRef':{'kind':'ClusterProviderConfig','name':'paris'}";
  private static final String LOCATION =
      "'location':{'bucket':'other','provider':'aws'},'credentials':{'name':'s','key':'k'}";

  /** What somebody wrote, or an older or newer release let pass. */
  enum Bad {
    emptyQuantity(
        "clusterproviderconfigs",
        "{" + CREDENTIALS + ",'velero':{'resources':{'limits':{'memory':''}}}}",
        "/spec/velero/resources/limits/memory"),
    quantityOfANonsense(
        "clusterproviderconfigs",
        "{" + CREDENTIALS + ",'velero':{'nodeAgent':{'resources':{'requests':{'cpu':'1e6z'}}}}}",
        "/spec/velero/nodeAgent/resources/requests/cpu"),
    numberTooLarge(
        "providerconfigs",
        "{" + CREDENTIALS + ",'velero':{'concurrentBackups':3000000000}}",
        "/spec/velero/concurrentBackups"),
    unknownManagement(
        "providerconfigs",
        "{" + CREDENTIALS + ",'velero':{'management':'Sometimes'}}",
        "/spec/velero/management"),
    secondsInWords(
        "clusterproviderconfigs",
        "{" + CREDENTIALS + ",'velero':{'tolerations':[{'tolerationSeconds':'soon'}]}}",
        "/spec/velero/tolerations/0/tolerationSeconds"),
    unknownProvider(
        "veleroinstalls",
        "{'forProvider':{'location':{'bucket':'other','provider':'swift'},"
            + "'credentials':{'name':'s','key':'k'}},'managementPolicies':['*'],"
            + REFERENCE
            + "}",
        "/spec/forProvider/location/provider"),
    unknownPolicy(
        "veleroinstalls",
        "{'forProvider':{" + LOCATION + "},'managementPolicies':['Everything']," + REFERENCE + "}",
        "/spec/managementPolicies/0"),
    noReference(
        "veleroinstalls",
        "{'forProvider':{" + LOCATION + "},'managementPolicies':['*']}",
        "/spec/providerConfigRef"),
    unknownDeletionPolicy(
        "velerobackups",
        "{'forProvider':{'name':'bad','installName':'install','deletionPolicy':'Keep'},"
            + "'managementPolicies':['*'],"
            + REFERENCE
            + "}",
        "/spec/forProvider/deletionPolicy"),
    pauseInWords(
        "veleroschedules",
        "{'forProvider':{'name':'bad','installName':'install','schedule':'@daily','paused':'no!'},"
            + "'managementPolicies':['*'],"
            + REFERENCE
            + "}",
        "/spec/forProvider/paused"),
    unknownRestorePolicy(
        "velerorestores",
        "{'forProvider':{'name':'bad','installName':'install','backupName':'b',"
            + "'policy':{'existingResourcePolicy':'perhaps'}},'managementPolicies':['*'],"
            + REFERENCE
            + "}",
        "/spec/forProvider/policy/existingResourcePolicy"),
    unknownKindOfReference(
        "velerorestores",
        "{'forProvider':{'name':'bad','installName':'install','backupName':'b'},"
            + "'managementPolicies':['*'],"
            + "'providerConfigRef':{'kind':'GlobalProviderConfig','name':'paris'}}",
        "/spec/providerConfigRef/kind");

    final String plural;
    final String spec;
    final String pointer;

    Bad(String plural, String spec, String pointer) {
      this.plural = plural;
      this.spec = spec.replace('\'', '"');
      this.pointer = pointer;
    }

    String collection() {
      return plural.startsWith("cluster") ? API + plural : API + "namespaces/team-b/" + plural;
    }

    String path() {
      return collection() + "/bad";
    }

    String kind() {
      return switch (plural) {
        case "clusterproviderconfigs" -> "ClusterProviderConfig";
        case "providerconfigs" -> "ProviderConfig";
        case "veleroinstalls" -> "VeleroInstall";
        case "velerobackups" -> "VeleroBackup";
        case "veleroschedules" -> "VeleroSchedule";
        default -> "VeleroRestore";
      };
    }

    String field() {
      return pointer.substring(1).replaceAll("/([0-9]+)", "[$1]").replace('/', '.');
    }
  }

  private void create(Bad bad) {
    ObjectNode object = JSON.createObjectNode();
    object.put("apiVersion", "velero.m.kurator.dev/v1alpha1").put("kind", bad.kind());
    ObjectNode metadata = object.putObject("metadata").put("name", "bad");
    if (!bad.plural.startsWith("cluster")) {
      metadata.put("namespace", OTHER);
    }
    object.set("spec", tree(bad.spec));
    hub.raw(bad.collection(), "POST", object);
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode get(String path) {
    String found = hub.raw(path);
    return found == null ? JSON.missingNode() : tree(found);
  }

  private boolean says(String path, String type, String part) {
    JsonNode conditions = get(path).at("/status/conditions");
    for (JsonNode condition : conditions) {
      if (condition.path("type").asText().equals(type)
          && condition.path("status").asText().equals("False")
          && condition.path("message").asText().contains(part)) {
        return true;
      }
    }
    return false;
  }

  private void damage(String path, String pointer, Object value) {
    while (true) {
      JsonNode object = get(path);
      String parent = pointer.substring(0, pointer.lastIndexOf('/'));
      String last = pointer.substring(pointer.lastIndexOf('/') + 1);
      JsonNode raw = JSON.valueToTree(value);
      switch (object.at(parent)) {
        case ObjectNode holder -> holder.set(last, raw);
        case ArrayNode array -> array.set(Integer.parseInt(last), raw);
        default -> throw new AssertionError(pointer + " of " + object);
      }
      try {
        hub.raw(pointer.startsWith("/status") ? path + "/status" : path, "PUT", object);
        return;
      } catch (KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
          throw e;
        }
      }
    }
  }

  private void assertOnlyItself(Bad bad) {
    until(() -> says(bad.path(), bad.plural.endsWith("configs") ? "Ready" : "Synced", bad.field()));
    await(backup(), phase("Completed"));
    JsonNode now = get(bad.path());
    assertThat(now.at(bad.pointer)).isEqualTo(tree(bad.spec).at(bad.pointer.substring(5)));
    assertThat(velero.cluster.calls()).noneMatch(call -> call.endsWith("/bad"));
    assertThat(velero.cluster.count("BackupStorageLocation")).isEqualTo(1);

    hub.raw(bad.path(), "DELETE", null);
    until(() -> get(bad.path()).isMissingNode());
  }

  @ParameterizedTest
  @EnumSource(Bad.class)
  void oneThatComesIsToldAndOthersGoOn(Bad bad) {
    register();
    create(bad);
    until(() -> says(bad.path(), bad.plural.endsWith("configs") ? "Ready" : "Synced", bad.field()));
    applyAll(null);
    assertOnlyItself(bad);
  }

  @ParameterizedTest
  @EnumSource(Bad.class)
  void oneThatIsThereAtTheStartIsToldAndOthersGoOn(Bad bad) {
    provider.close();
    register();
    create(bad);
    applyAll(null);
    provider = begin();
    assertOnlyItself(bad);
  }

  private static final String CONFIG = API + "clusterproviderconfigs/paris";
  private static final String BACKUP = API + "namespaces/team-a/velerobackups/backup";
  private static final String INSTALL = API + "namespaces/team-a/veleroinstalls/install";

  private void done(DeletionPolicy policy) {
    register();
    applyAll(policy);
    await(backup(), phase("Completed"));
  }

  @Test
  void aRegistrationThatCannotBeReadIsToldToItsUsersAndTheEngineStays() {
    done(DeletionPolicy.Retain);
    velero.cluster.forgetCalls();

    damage(
        CONFIG, "/spec/velero", Map.of("resources", Map.of("limits", Map.of("memory", "plenty"))));
    until(() -> says(INSTALL, "Synced", "spec.velero.resources.limits.memory"));
    assertThat(velero.cluster.calls()).isEmpty();

    damage(CONFIG, "/spec/velero", Map.of("resources", Map.of("limits", Map.of("memory", "1Gi"))));
    velero.cluster.await(cluster -> cluster.calls().contains("apply Deployment/velero"));
  }

  @Test
  void settingsThatCannotBeReadKeepNobodyFromLeaving() {
    done(DeletionPolicy.Retain);
    damage(CONFIG, "/spec/velero", Map.of("concurrentBackups", "many", "removal", "Never"));
    until(() -> says(INSTALL, "Synced", "concurrentBackups"));

    backup().delete();
    install().delete();
    until(() -> get(INSTALL).isMissingNode() && get(BACKUP).isMissingNode());

    assertThat(velero.cluster.count("BackupStorageLocation")).isZero();
    assertThat(velero.cluster.count("Deployment")).isOne();
  }

  @Test
  void whereCredentialsCannotBeReadADeletionWaitsForThem() {
    register();
    hub.resource(Samples.storage()).create();
    hub.resource(Samples.install("install")).create();
    await(install(), installSays("Ready", "Available"));
    JsonNode name = get(CONFIG).at("/spec/credentials/secretRef/name");
    damage(CONFIG, "/spec/credentials/secretRef/name", List.of());
    until(() -> says(INSTALL, "Synced", "spec.credentials.secretRef.name"));

    install().delete();
    until(() -> says(INSTALL, "Ready", "lets go"));
    assertThat(says(INSTALL, "Ready", "spec.credentials.secretRef.name")).isTrue();

    damage(CONFIG, "/spec/credentials/secretRef/name", name);
    until(() -> get(INSTALL).isMissingNode());
    assertThat(velero.cluster.count("BackupStorageLocation")).isZero();
  }

  @Test
  void anUnreadablePhaseNeverRunsABackupAgainAndIsKept() {
    done(DeletionPolicy.Retain);
    velero.cluster.forgetCalls();

    damage(BACKUP, "/status/atProvider/phase", List.of("Completed"));
    damage(BACKUP, "/spec/forProvider/policyHash", "another");
    until(() -> says(BACKUP, "Synced", "status.atProvider.phase cannot be read"));

    assertThat(get(BACKUP).at("/status/atProvider/phase").path(0).asText()).isEqualTo("Completed");
    assertThat(velero.cluster.calls()).isEmpty();

    damage(BACKUP, "/status/atProvider/phase", "Completed");
    damage(BACKUP, "/spec/forProvider/policyHash", "hash");
    until(() -> get(BACKUP).at("/status/atProvider/phase").asText().equals("Completed"));
    assertThat(velero.cluster.calls()).noneMatch(call -> call.startsWith("create"));
  }

  @Test
  void aBackupWhoseDeletionPolicyCannotBeReadIsRetained() {
    done(DeletionPolicy.Delete);
    damage(BACKUP, "/spec/forProvider/deletionPolicy", "delete");
    until(() -> says(BACKUP, "Synced", "spec.forProvider.deletionPolicy"));

    backup().delete();
    until(() -> get(BACKUP).isMissingNode());

    assertThat(velero.cluster.count("DeleteBackupRequest")).isZero();
    assertThat(velero.cluster.count("Backup")).isOne();
  }

  @Test
  void aScheduleWhosePoliciesCannotBeReadIsTakenOffTheMember() {
    register();
    hub.resource(Samples.storage()).create();
    hub.resource(Samples.install("install")).create();
    hub.resource(Samples.schedule("@daily", false, null)).create();
    velero.cluster.await(cluster -> cluster.count("Schedule") == 1);
    Resource<VeleroSchedule> schedule =
        hub.resources(VeleroSchedule.class).inNamespace(Samples.NAMESPACE).withName("schedule");
    await(schedule, now -> now != null && now.getStatus() != null);
    String path = API + "namespaces/team-a/veleroschedules/schedule";

    damage(path, "/spec/managementPolicies", List.of("Everything"));
    until(() -> says(path, "Synced", "spec.managementPolicies[0]"));
    schedule.delete();
    until(() -> get(path).isMissingNode());

    assertThat(velero.cluster.count("Schedule")).isZero();
  }

  @Test
  void aLocationStaysWhileSomebodyUnreadableMayNeedIt() {
    done(DeletionPolicy.Retain);
    hub.resource(Samples.install("second")).create();
    String second = API + "namespaces/team-a/veleroinstalls/second";
    until(() -> get(second).at("/status/atProvider/memberIdentity").isTextual());
    damage(second, "/spec/forProvider/accessMode", "WriteOnly");
    until(() -> says(second, "Synced", "spec.forProvider.accessMode"));

    backup().delete();
    install().delete();
    until(() -> get(INSTALL).isMissingNode());
    assertThat(velero.cluster.count("BackupStorageLocation")).isOne();

    hub.raw(second, "DELETE", null);
    until(() -> get(second).isMissingNode());
    assertThat(velero.cluster.count("BackupStorageLocation")).isZero();
  }

  private static final String LOCATION_NAME =
      LocationName.of(Samples.install("install").getSpec().forProvider());

  @Test
  void anEditedNameOfALocationTakesNothingElseOffTheMember() {
    done(DeletionPolicy.Retain);
    Secret other = Samples.secret(FakeVelero.namespace(), "of-another", "cloud", "x");
    other.getMetadata().setLabels(Map.of(Names.HUB_LABEL, "hub"));
    velero.cluster.put(other);
    damage(INSTALL, "/spec/forProvider/accessMode", "WriteOnly");
    until(() -> says(INSTALL, "Synced", "spec.forProvider.accessMode"));
    damage(INSTALL, "/metadata/annotations", Map.of(Names.EXTERNAL_NAME, "of-another"));

    backup().delete();
    install().delete();
    until(() -> get(INSTALL).isMissingNode());

    assertThat(velero.cluster.find("Secret", "of-another")).isPresent();
    assertThat(velero.cluster.count("BackupStorageLocation")).isZero();
    assertThat(velero.cluster.find("Secret", LOCATION_NAME)).isEmpty();
  }

  @Test
  void aLocationStaysWhileNothingSaysWhetherSomebodyUnreadableUsesIt() {
    done(DeletionPolicy.Retain);
    hub.resource(Samples.install("second")).create();
    String second = API + "namespaces/team-a/veleroinstalls/second";
    until(() -> get(second).at("/status/atProvider/memberIdentity").isTextual());
    damage(second, "/spec/forProvider/accessMode", "WriteOnly");
    until(() -> says(second, "Synced", "spec.forProvider.accessMode"));
    damage(second, "/metadata/annotations", Map.of(Names.EXTERNAL_NAME, "edited"));
    damage(second, "/status/atProvider/storageLocation", "edited");

    backup().delete();
    install().delete();
    until(() -> get(INSTALL).isMissingNode());
    assertThat(velero.cluster.count("BackupStorageLocation")).isOne();

    hub.raw(second, "DELETE", null);
    until(() -> get(second).isMissingNode());
    assertThat(velero.cluster.count("BackupStorageLocation")).isOne();
    until(() -> events().anyMatch(it -> it.contains("its member was not called")));
  }

  private Stream<String> events() {
    return hub.v1().events().inNamespace(Samples.NAMESPACE).list().getItems().stream()
        .map(Event::getMessage);
  }

  private List<String> plugins() {
    return ((Deployment) velero.cluster.find("Deployment", "velero").orElseThrow())
        .getSpec().getTemplate().getSpec().getInitContainers().stream()
            .map(Container::getName)
            .toList();
  }

  @Test
  void anUnreadableProviderAddsNoPluginAndTakesNoneAway() {
    done(DeletionPolicy.Retain);
    hub.resource(Samples.ofProvider("second", StorageProvider.gcp)).create();
    velero.cluster.await(cluster -> plugins().size() == 3);
    List<String> before = plugins();
    String second = API + "namespaces/team-a/veleroinstalls/second";
    damage(second, "/spec/forProvider/location/provider", "swift");
    until(() -> says(second, "Synced", "spec.forProvider.location.provider"));

    damage(CONFIG, "/spec/velero", Map.of("concurrentBackups", 3));
    velero.cluster.await(
        cluster ->
            cluster.find("Deployment", "velero").toString().contains("--concurrent-backups=3"));
    assertThat(plugins()).isEqualTo(before);
  }

  /** Where the engine is not in the usual namespace. */
  private void doneIn(String namespace) {
    hub.resource(Samples.kubeconfig()).create();
    hub.resource(
            Samples.config(
                List.of("team-*"),
                new EngineSettings(
                    namespace, null, null, Map.of(), List.of(), null, Map.of(), List.of(), null,
                    null, null, null, null)))
        .create();
    applyAll(null);
    await(backup(), phase("Completed"));
  }

  @Test
  void whereTheEnginesNamespaceCannotBeReadItIsWhereTheMemberWasSeen() {
    doneIn("engine");
    damage(CONFIG, "/spec/velero/namespace", List.of("engine"));
    until(() -> says(INSTALL, "Synced", "spec.velero.namespace"));
    velero.cluster.forgetCalls();

    backup().delete();
    until(() -> get(BACKUP).isMissingNode());
    assertThat(velero.cluster.calls()).contains("label Backup/" + Samples.BACKUP_NAME);
    install().delete();
    until(() -> get(INSTALL).isMissingNode());
    assertThat(velero.cluster.count("BackupStorageLocation")).isZero();
    assertThat(velero.cluster.find("Secret", LOCATION_NAME)).isEmpty();
  }

  @Test
  void whereNothingSaysWhichNamespaceTheEngineIsInNoneIsGuessed() {
    VeleroInstall install = Samples.install("install");
    String usual = FakeVelero.namespace();
    velero.cluster.put(Location.storageLocation(install.getSpec().forProvider(), usual, "hub"));
    hub.resource(Samples.kubeconfig()).create();
    ObjectNode config = JSON.valueToTree(Samples.config(List.of("team-*"), null));
    ((ObjectNode) config.get("spec")).putObject("velero").putArray("namespace").add("velero");
    hub.raw(API + "clusterproviderconfigs", "POST", config);
    install.getMetadata().setAnnotations(Map.of(Names.EXTERNAL_NAME, LOCATION_NAME));
    hub.resource(install).create();
    until(() -> says(INSTALL, "Synced", "spec.velero.namespace"));

    install().delete();
    until(() -> get(INSTALL).isMissingNode());
    assertThat(velero.cluster.calls()).isEmpty();
    until(() -> events().anyMatch(it -> it.contains("spec.velero.namespace cannot be read")));
  }

  /** Its Backup is on the member, but no status says so, and its VeleroInstall is unreadable. */
  private void announced(DeletionPolicy policy) {
    api.refuseStatus("velerobackups/backup");
    register();
    applyAll(policy);
    velero.cluster.await(cluster -> cluster.count("Backup") == 1);
    damage(INSTALL, "/spec/forProvider/accessMode", "WriteOnly");
    until(() -> says(INSTALL, "Synced", "spec.forProvider.accessMode"));
  }

  private boolean released() {
    return velero
        .cluster
        .find("Backup", Samples.BACKUP_NAME)
        .filter(backup -> backup.getMetadata().getLabels().containsKey(Names.RELEASED_LABEL))
        .isPresent();
  }

  @Test
  void anAnnouncedBackupIsReleasedThoughItsInstallCannotBeRead() {
    announced(DeletionPolicy.Retain);

    backup().delete();
    until(() -> get(BACKUP).isMissingNode());
    assertThat(released()).isTrue();
  }

  @Test
  void anAnnouncedBackupIsDeletedThoughItsInstallCannotBeRead() {
    announced(DeletionPolicy.Delete);

    backup().delete();
    velero.cluster.await(cluster -> cluster.count("Backup") == 0);
    until(() -> get(BACKUP).isMissingNode());
    assertThat(velero.cluster.calls())
        .anyMatch(call -> call.startsWith("create DeleteBackupRequest/"));
  }

  @Test
  void anAnnouncedBackupKeepsItsDataWhereNothingSaysWhichBucketItIsIn() {
    announced(DeletionPolicy.Delete);
    damage(INSTALL, "/metadata/annotations", Map.of(Names.EXTERNAL_NAME, "edited"));
    damage(INSTALL, "/status/atProvider/storageLocation", "edited");

    backup().delete();
    until(() -> get(BACKUP).isMissingNode());
    assertThat(released()).isTrue();
    assertThat(velero.cluster.count("DeleteBackupRequest")).isZero();
    until(() -> events().anyMatch(it -> it.contains("keeps its data")));
  }

  @ParameterizedTest
  @CsvSource({
    "/spec/forProvider/location/bucket, bucket cannot be read",
    "/spec/providerConfigRef/kind, providerConfigRef.kind cannot be read"
  })
  void aLocationStaysForOneOfWhichItCannotBeReadWhatItUses(String pointer, String told) {
    done(DeletionPolicy.Retain);
    hub.resource(Samples.install("second")).create();
    String second = API + "namespaces/team-a/veleroinstalls/second";
    until(() -> get(second).at("/status/atProvider/memberIdentity").isTextual());
    damage(second, pointer, Map.of());
    until(() -> says(second, "Synced", told));

    backup().delete();
    install().delete();
    until(() -> get(INSTALL).isMissingNode());
    assertThat(velero.cluster.count("BackupStorageLocation")).isOne();
  }

  @Test
  void aBackupIsKeptWhileARestoreBesideItThatCannotBeReadMayReadIt() {
    done(DeletionPolicy.Delete);
    String reader =
        "{'forProvider':{'name':'r','installName':'install','backupName':{}},"
            + "'managementPolicies':['*'],"
            + REFERENCE
            + "}";
    String beside = API + "namespaces/team-a/velerorestores";
    String elsewhere = API + "namespaces/team-b/velerorestores";
    for (String collection : List.of(beside, elsewhere)) {
      ObjectNode restore = JSON.createObjectNode();
      restore.put("apiVersion", "velero.m.kurator.dev/v1alpha1").put("kind", "VeleroRestore");
      restore.putObject("metadata").put("name", "reader");
      restore.set("spec", tree(reader.replace('\'', '"')));
      hub.raw(collection, "POST", restore);
      until(() -> says(collection + "/reader", "Synced", "spec.forProvider.backupName"));
    }

    backup().delete();
    await(
        backup(),
        backupSays(
            "Ready", "VeleroRestore team-a/reader, of which something cannot be read, restores"));
    assertThat(velero.cluster.count("Backup")).isOne();
    assertThat(velero.cluster.calls()).noneMatch(call -> call.contains("DeleteBackupRequest"));

    hub.raw(beside + "/reader", "DELETE", null);
    until(() -> get(beside + "/reader").isMissingNode());
    // it would look again in 30 s
    damage(BACKUP, "/metadata/labels", Map.of("looked", "at"));
    until(() -> get(BACKUP).isMissingNode());
    assertThat(velero.cluster.count("Backup")).isZero();
  }

  @Test
  void whatCannotBeReadAndNeverBeganEndsAtItsDeadline() {
    register();
    ObjectNode late = JSON.createObjectNode();
    late.put("apiVersion", "velero.m.kurator.dev/v1alpha1").put("kind", "VeleroBackup");
    late.putObject("metadata").put("name", "backup");
    late.set("spec", tree(Bad.unknownDeletionPolicy.spec));
    late.withObject("/spec/forProvider").put("startDeadline", "1s");
    hub.raw(API + "namespaces/team-a/velerobackups", "POST", late);

    until(() -> get(BACKUP).at("/status/atProvider/phase").asText().equals("NotStarted"));
    assertThat(get(BACKUP).at("/status").toString())
        .contains("spec.forProvider.deletionPolicy cannot be read");
  }

  @Test
  void aRegistrationGoesOnceAUserWhoseReferenceBecameUnreadableIsGone() {
    register();
    hub.resource(Samples.storage()).create();
    hub.resource(Samples.install("install")).create();
    until(() -> get(CONFIG).at("/status/users").asInt() == 1);
    damage(INSTALL, "/spec/providerConfigRef/kind", "GlobalProviderConfig");
    until(() -> says(INSTALL, "Synced", "spec.providerConfigRef.kind"));

    Resource<ClusterProviderConfig> paris =
        hub.resources(ClusterProviderConfig.class).withName(Samples.MEMBER);
    paris.delete();
    until(() -> get(CONFIG).toString().contains("in use by VeleroInstall team-a/install"));
    install().delete();
    until(() -> get(INSTALL).isMissingNode() && get(CONFIG).isMissingNode());
  }

  @Test
  void anInstallStaysWhileAnUnreadableOperationMayNameIt() {
    done(DeletionPolicy.Retain);
    damage(BACKUP, "/spec/forProvider/installName", Map.of());
    until(() -> says(BACKUP, "Synced", "spec.forProvider.installName"));

    install().delete();
    await(install(), installSays("Ready", "waiting for VeleroBackup backup"));

    backup().delete();
    until(() -> get(BACKUP).isMissingNode());
    velero.cluster.await(cluster -> cluster.count("BackupStorageLocation") >= 0);
  }

  @Test
  void aRegistrationStaysWhileSomebodyUnreadableMayNameIt() {
    register();
    create(Bad.noReference);
    until(() -> says(Bad.noReference.path(), "Synced", "spec.providerConfigRef is missing"));
    Resource<ClusterProviderConfig> paris =
        hub.resources(ClusterProviderConfig.class).withName(Samples.MEMBER);
    await(paris, config -> config != null && config.hasFinalizer(ConfigCare.FINALIZER));

    paris.delete();
    until(() -> get(CONFIG).toString().contains("in use by VeleroInstall team-b/bad"));
    hub.raw(Bad.noReference.path(), "DELETE", null);
    until(() -> get(CONFIG).isMissingNode());
  }
}
