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
        installs.put(member.get(), install(struct, key));
      } else if (operation.isPresent() && isOurs(struct, Keys.resource(operation.get().kind()))) {
        operations.put(
            operation.get(),
            switch (operation.get().kind()) {
              case Backup -> backup(struct, key);
              case Schedule -> schedule(struct, key);
            });
      }
    }
    return new Observed(installs, operations);
  }

  private static boolean isOurs(Struct resource, String kind) {
    return Structs.text(resource, "apiVersion").startsWith(Names.GROUP + "/")
        && Structs.text(resource, "kind").equals(kind);
  }

  private static ObservedInstall install(Struct resource, String key) throws UnreadableException {
    return new ObservedInstall(
        name(resource),
        spec(resource, VeleroInstallSpec.class, key),
        status(resource, VeleroInstallStatus.class, key));
  }

  private static ObservedBackup backup(Struct resource, String key) throws UnreadableException {
    String external = Structs.text(resource, "metadata", "annotations", Names.EXTERNAL_NAME);
    return new ObservedBackup(
        name(resource),
        external.isEmpty() ? null : external,
        spec(resource, VeleroBackupSpec.class, key),
        status(resource, VeleroBackupStatus.class, key));
  }

  private static ObservedSchedule schedule(Struct resource, String key) throws UnreadableException {
    return new ObservedSchedule(
        name(resource),
        spec(resource, VeleroScheduleSpec.class, key),
        status(resource, VeleroScheduleStatus.class, key));
  }

  private static <T extends Record> T spec(Struct resource, Class<T> type, String key)
      throws UnreadableException {
    JsonNode spec = Structs.toTree(resource, "spec");
    if (!spec.path("forProvider").isObject() || !spec.path("providerConfigRef").isObject()) {
      throw new UnreadableException(
          "the observed " + key + " has no spec.forProvider or spec.providerConfigRef");
    }
    return Records.read(spec, type, "spec of " + key);
  }

  private static <T extends Record> T status(Struct resource, Class<T> type, String key)
      throws UnreadableException {
    return Records.read(Structs.toTree(resource, "status"), type, "status of " + key);
  }

  private static String name(Struct resource) {
    return Structs.text(resource, "metadata", "name");
  }
}
