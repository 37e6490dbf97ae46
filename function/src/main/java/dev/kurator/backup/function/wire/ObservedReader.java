package dev.kurator.backup.function.wire;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.ProviderConfigReference.Kind;
import dev.kurator.backup.apis.managed.VeleroBackupSpec;
import dev.kurator.backup.apis.managed.VeleroBackupStatus;
import dev.kurator.backup.apis.managed.VeleroInstallSpec;
import dev.kurator.backup.apis.managed.VeleroInstallStatus;
import dev.kurator.backup.apis.managed.VeleroRestoreSpec;
import dev.kurator.backup.apis.managed.VeleroRestoreStatus;
import dev.kurator.backup.apis.managed.VeleroScheduleSpec;
import dev.kurator.backup.apis.managed.VeleroScheduleStatus;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.plan.Site;
import dev.kurator.backup.function.render.Keys;
import dev.kurator.backup.function.render.Observed;
import dev.kurator.backup.function.render.ObservedBackup;
import dev.kurator.backup.function.render.ObservedInstall;
import dev.kurator.backup.function.render.ObservedOperation;
import dev.kurator.backup.function.render.ObservedRestore;
import dev.kurator.backup.function.render.ObservedSchedule;
import dev.kurator.backup.function.render.Unreadable;
import dev.kurator.backup.function.wire.struct.MalformedException;
import dev.kurator.backup.function.wire.struct.StructBytes;
import dev.kurator.crossplane.fn.v1.Resource;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decodes our managed resources among the observed ones. One whose spec cannot be read is kept as
 * it is: to leave it out of the answer would delete it.
 */
final class ObservedReader {

  /** Field of the spec of whatever decides about backup data. */
  static final String DELETION_POLICY = "deletionPolicy";

  private ObservedReader() {}

  /**
   * What was read.
   *
   * @param observed what could be read, and why the rest could not
   * @param unreadable the rest by its key
   */
  record Result(Observed observed, SortedMap<String, StructBytes> unreadable) {}

  static Result read(Map<String, Resource> resources) throws UnreadableException {
    SortedMap<String, StructBytes> unreadable = new TreeMap<>();
    SortedMap<String, Unreadable> reasons = new TreeMap<>();
    SortedMap<Site, ObservedInstall> installs = new TreeMap<>();
    SortedMap<Operation, ObservedOperation> operations = new TreeMap<>();
    for (Map.Entry<String, Resource> entry : new TreeMap<>(resources).entrySet()) {
      String key = entry.getKey();
      StructBytes resource = StructBytes.of(entry.getValue().getResource());
      try {
        Optional<Site> site = Keys.site(key);
        Optional<Operation> operation = Keys.operation(key);
        if (site.isPresent() && isOurs(resource, "VeleroInstall")) {
          installs.put(site.get(), install(resource));
        } else if (operation.isPresent() && isOurs(resource, operation.get().kind().resource())) {
          operations.put(operation.get(), operation(operation.get().kind(), resource));
        }
      } catch (MalformedException e) {
        reasons.put(key, unreadable(key, resource, e));
        unreadable.put(key, resource);
      }
    }
    return new Result(new Observed(installs, operations, reasons), unreadable);
  }

  /** What says not even its kind and name is no object of the hub. */
  private static Unreadable unreadable(String key, StructBytes resource, MalformedException why)
      throws UnreadableException {
    try {
      if (name(resource).isEmpty()) {
        throw new UnreadableException("cannot read the observed " + key, why);
      }
      boolean own =
          resource
              .struct("spec")
              .struct("providerConfigRef")
              .text("kind")
              .equals(Kind.ProviderConfig.name());
      return new Unreadable(
          name(resource),
          "%s %s cannot be read and is kept: %s"
              .formatted(resource.text("kind"), name(resource), why.getMessage()),
          own ? Kind.ProviderConfig : Kind.ClusterProviderConfig,
          mayDelete(resource.struct("spec").struct("forProvider")));
    } catch (MalformedException e) {
      throw new UnreadableException("cannot read the observed " + key, e);
    }
  }

  /** Absent means Retain; what another release writes there may mean anything. */
  private static boolean mayDelete(StructBytes forProvider) throws MalformedException {
    return forProvider.has(DELETION_POLICY)
        && !forProvider.text(DELETION_POLICY).equals(DeletionPolicy.Retain.name());
  }

  private static boolean isOurs(StructBytes resource, String kind) throws MalformedException {
    return resource.text("apiVersion").startsWith(Names.GROUP + "/")
        && resource.text("kind").equals(kind);
  }

  private static ObservedInstall install(StructBytes resource) throws MalformedException {
    return new ObservedInstall(
        name(resource),
        spec(resource, VeleroInstallSpec.class),
        status(resource, VeleroInstallStatus.class));
  }

  private static ObservedOperation operation(Operation.Kind kind, StructBytes resource)
      throws MalformedException {
    return switch (kind) {
      case Backup -> backup(resource);
      case Schedule -> schedule(resource);
      case Restore -> restore(resource);
    };
  }

  private static ObservedBackup backup(StructBytes resource) throws MalformedException {
    return new ObservedBackup(
        name(resource),
        externalName(resource),
        spec(resource, VeleroBackupSpec.class),
        status(resource, VeleroBackupStatus.class));
  }

  private static ObservedRestore restore(StructBytes resource) throws MalformedException {
    return new ObservedRestore(
        name(resource),
        externalName(resource),
        spec(resource, VeleroRestoreSpec.class),
        status(resource, VeleroRestoreStatus.class));
  }

  private static @Nullable String externalName(StructBytes resource) throws MalformedException {
    String external = resource.struct("metadata").struct("annotations").text(Names.EXTERNAL_NAME);
    return external.isEmpty() ? null : external;
  }

  private static ObservedSchedule schedule(StructBytes resource) throws MalformedException {
    return new ObservedSchedule(
        name(resource),
        spec(resource, VeleroScheduleSpec.class),
        status(resource, VeleroScheduleStatus.class));
  }

  private static <T extends Record> T spec(StructBytes resource, Class<T> type)
      throws MalformedException {
    return resource.struct("spec").as("spec", type, "forProvider", "providerConfigRef");
  }

  private static <T extends Record> T status(StructBytes resource, Class<T> type)
      throws MalformedException {
    return resource.struct("status").asHint("status", type);
  }

  private static String name(StructBytes resource) throws MalformedException {
    return resource.struct("metadata").text("name");
  }
}
