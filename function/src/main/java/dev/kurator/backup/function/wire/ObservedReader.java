package dev.kurator.backup.function.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Struct;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackupSpec;
import dev.kurator.backup.apis.managed.VeleroBackupStatus;
import dev.kurator.backup.apis.managed.VeleroInstallSpec;
import dev.kurator.backup.apis.managed.VeleroInstallStatus;
import dev.kurator.backup.apis.managed.VeleroScheduleSpec;
import dev.kurator.backup.apis.managed.VeleroScheduleStatus;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.render.Keys;
import dev.kurator.backup.function.render.Observed;
import dev.kurator.backup.function.render.ObservedBackup;
import dev.kurator.backup.function.render.ObservedInstall;
import dev.kurator.backup.function.render.ObservedOperation;
import dev.kurator.backup.function.render.ObservedSchedule;
import dev.kurator.crossplane.fn.v1.Resource;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decodes our managed resources among the observed ones. One that cannot be read stops the call: to
 * leave it out of the answer would delete it.
 */
final class ObservedReader {

  private ObservedReader() {}

  static Observed read(Map<String, Resource> resources) throws UnreadableException {
    SortedMap<String, ObservedInstall> installs = new TreeMap<>();
    SortedMap<Operation, ObservedOperation> operations = new TreeMap<>();
    for (Map.Entry<String, Resource> entry : new TreeMap<>(resources).entrySet()) {
      String key = entry.getKey();
      Struct struct = entry.getValue().getResource();
      Optional<String> member = Keys.member(key);
      Optional<Operation> operation = Keys.operation(key);
      if (member.isPresent() && isOurs(struct, "VeleroInstall")) {
        installs.put(member.get(), install(Structs.toTree(struct), key));
      } else if (operation.isPresent()
          && isOurs(struct, Keys.resource(operation.get().kind()))) {
        JsonNode tree = Structs.toTree(struct);
        operations.put(
            operation.get(),
            switch (operation.get().kind()) {
              case Backup -> backup(tree, key);
              case Schedule -> schedule(tree, key);
            });
      }
    }
    return new Observed(installs, operations);
  }

  private static boolean isOurs(Struct resource, String kind) {
    String apiVersion = text(resource, "apiVersion");
    return apiVersion.startsWith(Names.GROUP + "/") && text(resource, "kind").equals(kind);
  }

  private static String text(Struct resource, String field) {
    var value = resource.getFieldsMap().get(field);
    return value == null ? "" : value.getStringValue();
  }

  private static ObservedInstall install(JsonNode tree, String key) throws UnreadableException {
    return new ObservedInstall(
        name(tree),
        spec(tree, VeleroInstallSpec.class, key),
        Records.read(tree.path("status"), VeleroInstallStatus.class, "status of " + key));
  }

  private static ObservedBackup backup(JsonNode tree, String key) throws UnreadableException {
    JsonNode externalName = tree.path("metadata").path("annotations").path(Names.EXTERNAL_NAME);
    @Nullable String external = externalName.isTextual() ? externalName.textValue() : null;
    return new ObservedBackup(
        name(tree),
        external,
        spec(tree, VeleroBackupSpec.class, key),
        Records.read(tree.path("status"), VeleroBackupStatus.class, "status of " + key));
  }

  private static ObservedSchedule schedule(JsonNode tree, String key) throws UnreadableException {
    return new ObservedSchedule(
        name(tree),
        spec(tree, VeleroScheduleSpec.class, key),
        Records.read(tree.path("status"), VeleroScheduleStatus.class, "status of " + key));
  }

  private static <T extends Record> T spec(JsonNode tree, Class<T> type, String key)
      throws UnreadableException {
    JsonNode spec = tree.path("spec");
    if (!spec.path("forProvider").isObject() || !spec.path("providerConfigRef").isObject()) {
      throw new UnreadableException(
          "the observed " + key + " has no spec.forProvider or spec.providerConfigRef");
    }
    return Records.read(spec, type, "spec of " + key);
  }

  private static String name(JsonNode tree) {
    return tree.path("metadata").path("name").asText();
  }
}
