package dev.kurator.backup.provider.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Resources of one kind as its schema has them, with values at and beyond each bound, of other
 * types and under other names.
 */
final class RandomResource {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SCHEMAS = Path.of("..", "package", "provider", "crds");
  private static final int LONGEST_LIST = 24;

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "paris",
          "install",
          "poison",
          "store",
          "cloud",
          "@daily",
          "@every 1s",
          "* * * * *",
          "0s",
          "1h",
          "99999999h",
          "-1h",
          "Completed",
          "Failed",
          "InProgress",
          "NotStarted",
          "Delete",
          "2026-11-22T12:00:00Z",
          "2026-13-01",
          "True",
          "False",
          "Ready",
          "Synced",
          "*",
          "team-*",
          "../..",
          "\u0000\uFFFD\n",
          "ä☃🚀",
          "512Mi",
          "1e6z",
          "v1.18.3",
          "nightly-0123abcd");

  private final String kind;
  private final String plural;
  private final boolean namespaced;
  private final JsonNode schema;

  private RandomResource(JsonNode crd) {
    kind = crd.at("/spec/names/kind").asText();
    plural = crd.at("/spec/names/plural").asText();
    namespaced = crd.at("/spec/scope").asText().equals("Namespaced");
    schema = crd.at("/spec/versions/0/schema/openAPIV3Schema");
  }

  /** Of every kind that has a schema in the provider's package. */
  static List<RandomResource> kinds() {
    KubernetesSerialization yaml = new KubernetesSerialization();
    List<RandomResource> kinds = new ArrayList<>();
    try (var files = Files.list(SCHEMAS)) {
      for (Path file : files.sorted().toList()) {
        kinds.add(new RandomResource(yaml.unmarshal(Files.readString(file), JsonNode.class)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(kinds);
  }

  /** Where those of a namespace are on the hub. */
  String collection(String namespace) {
    String api = "/apis/velero.m.kurator.dev/v1alpha1/";
    return namespaced ? api + "namespaces/" + namespace + "/" + plural : api + plural;
  }

  /** A new one. */
  ObjectNode of(Random random, String namespace, String name) {
    ObjectNode object = NODES.objectNode();
    object.put("apiVersion", "velero.m.kurator.dev/v1alpha1").put("kind", kind);
    ObjectNode metadata = object.putObject("metadata").put("name", name);
    if (namespaced) {
      metadata.put("namespace", namespace);
    }
    ObjectNode annotations = metadata.putObject("annotations");
    for (String key : List.of("external-name", "external-create-pending", "paused")) {
      if (random.nextInt(8) == 0) {
        annotations.put("crossplane.io/" + key, text(random));
      }
    }
    object.set("spec", value(random, "spec", schema.at("/properties/spec")));
    if (random.nextInt(3) == 0) {
      object.set("status", value(random, "status", schema.at("/properties/status")));
    }
    return object;
  }

  private static String text(Random random) {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private static JsonNode value(Random random, String name, JsonNode schema) {
    if (random.nextInt(60) == 0) {
      return another(random);
    }
    if (random.nextInt(4) > 0) {
      JsonNode fitting = fitting(random, name, schema);
      if (fitting != null) {
        return fitting;
      }
    }
    if (schema.has("enum") && random.nextInt(10) > 0) {
      JsonNode constants = schema.get("enum");
      return constants.get(random.nextInt(constants.size()));
    }
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      return random.nextBoolean() ? NODES.textNode(text(random)) : number(random, schema);
    }
    return switch (schema.path("type").asText()) {
      case "object" -> object(random, schema);
      case "array" -> array(random, name, schema);
      case "integer", "number" -> number(random, schema);
      case "boolean" -> NODES.booleanNode(random.nextBoolean());
      default -> NODES.textNode(string(random, schema));
    };
  }

  /** What makes the provider go further than to a refusal. */
  private static @Nullable JsonNode fitting(Random random, String name, JsonNode schema) {
    if (name.equals("name") && random.nextBoolean()) {
      return NODES.textNode("poison-" + random.nextInt(1000));
    }
    return switch (name) {
      case "credentials" ->
          schema.at("/properties/key").isMissingNode()
              ? null
              : JSON.valueToTree(Map.of("name", "store", "key", "cloud"));
      case "providerConfigRef" ->
          JSON.valueToTree(Map.of("kind", "ClusterProviderConfig", "name", "paris"));
      case "secretRef" ->
          JSON.valueToTree(
              Map.of(
                  "namespace",
                  "crossplane-system",
                  "name",
                  "paris-kubeconfig",
                  "key",
                  "kubeconfig"));
      case "installName" -> NODES.textNode("install");
      case "startDeadline", "itemOperationTimeout", "ttl" -> NODES.textNode("1h");
      case "progressInterval" -> NODES.textNode("15s");
      case "schedule" -> NODES.textNode("@daily");
      case "bucket" -> NODES.textNode("backups");
      case "s3Url" -> NODES.textNode("http://s3:7070");
      case "region" -> NODES.textNode("lab");
      case "prefix" -> NODES.textNode("team-x/" + random.nextInt(10));
      case "managementPolicies" -> NODES.arrayNode().add("*");
      default -> null;
    };
  }

  private static JsonNode another(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.arrayNode().add(text(random));
      case 2 -> NODES.objectNode().put(text(random), text(random));
      case 3 -> NODES.booleanNode(random.nextBoolean());
      case 4 -> NODES.numberNode(1e300 * random.nextGaussian());
      default -> NODES.textNode(text(random));
    };
  }

  private static JsonNode object(Random random, JsonNode schema) {
    ObjectNode object = NODES.objectNode();
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      boolean needed = required.contains(property.getKey());
      if (needed ? random.nextInt(40) > 0 : random.nextInt(3) == 0) {
        object.set(property.getKey(), value(random, property.getKey(), property.getValue()));
      } else if (property.getValue().has("default") && random.nextInt(10) > 0) {
        // as the API server does, or half of all would be paused
        object.set(property.getKey(), property.getValue().get("default"));
      }
    }
    if (schema.path("additionalProperties").isObject()) {
      for (int left = random.nextInt(3); left > 0; left--) {
        object.set(text(random), value(random, "", schema.get("additionalProperties")));
      }
    }
    if (random.nextInt(20) == 0) {
      object.set("ofAnotherRelease", another(random));
    }
    return object;
  }

  private static JsonNode array(Random random, String name, JsonNode schema) {
    ArrayNode array = NODES.arrayNode();
    int most = Math.min(LONGEST_LIST, schema.path("maxItems").asInt(LONGEST_LIST));
    int size = random.nextInt(12) == 0 ? most + random.nextInt(2) : random.nextInt(3);
    for (int left = size; left > 0; left--) {
      array.add(value(random, name + "[]", schema.path("items")));
    }
    return array;
  }

  private static JsonNode number(Random random, JsonNode schema) {
    long least = schema.path("minimum").asLong(0);
    long most = schema.path("maximum").asLong(Integer.MAX_VALUE);
    return switch (random.nextInt(10)) {
      case 0 -> NODES.numberNode(least - 1);
      case 1 -> NODES.numberNode(least);
      case 2 -> NODES.numberNode(most);
      case 3 -> NODES.numberNode(most + 1);
      case 4 -> NODES.numberNode(3_000_000_000L);
      case 5 -> NODES.numberNode(BigInteger.TEN.pow(random.nextInt(30)));
      case 6 -> NODES.numberNode(1.5);
      default -> NODES.numberNode(random.nextInt(1, 5));
    };
  }

  private static String string(Random random, JsonNode schema) {
    int longest = Math.min(schema.path("maxLength").asInt(300), 4096);
    return switch (random.nextInt(8)) {
      case 0 -> "x".repeat(longest);
      case 1 -> "x".repeat(longest + 1);
      default -> text(random);
    };
  }
}
