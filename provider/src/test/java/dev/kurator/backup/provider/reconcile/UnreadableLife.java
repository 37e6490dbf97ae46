package dev.kurator.backup.provider.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.LocationName;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.util.stream.Stream;

/** A provider whose hub holds objects that cannot be read in part. */
abstract class UnreadableLife extends ProviderLife {

  static final ObjectMapper JSON = new ObjectMapper();
  static final String API = "/apis/velero.m.kurator.dev/v1alpha1/";
  static final String OTHER = "team-b";

  private static final String CREDENTIALS =
      "'credentials':{'source':'Secret','secretRef':{'namespace':'n','name':'bad','key':'k'}}";

  static final String REFERENCE =
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

  void create(Bad bad) {
    ObjectNode object = JSON.createObjectNode();
    object.put("apiVersion", "velero.m.kurator.dev/v1alpha1").put("kind", bad.kind());
    ObjectNode metadata = object.putObject("metadata").put("name", "bad");
    if (!bad.plural.startsWith("cluster")) {
      metadata.put("namespace", OTHER);
    }
    object.set("spec", tree(bad.spec));
    hub.raw(bad.collection(), "POST", object);
  }

  static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode get(String path) {
    String found = hub.raw(path);
    return found == null ? JSON.missingNode() : tree(found);
  }

  boolean says(String path, String type, String part) {
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

  void damage(String path, String pointer, Object value) {
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

  static final String CONFIG = API + "clusterproviderconfigs/paris";
  static final String BACKUP = API + "namespaces/team-a/velerobackups/backup";
  static final String INSTALL = API + "namespaces/team-a/veleroinstalls/install";

  void done(DeletionPolicy policy) {
    register();
    applyAll(policy);
    await(backup(), phase("Completed"));
  }

  static final String LOCATION_NAME =
      LocationName.of(Samples.install("install").getSpec().forProvider());

  Stream<String> events() {
    return hub.v1().events().inNamespace(Samples.NAMESPACE).list().getItems().stream()
        .map(Event::getMessage);
  }
}
