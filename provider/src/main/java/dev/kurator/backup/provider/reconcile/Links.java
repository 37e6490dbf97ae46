package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroInstallStatus;
import dev.kurator.backup.apis.managed.VeleroRestore;
import dev.kurator.backup.apis.managed.VeleroSchedule;
import dev.kurator.backup.provider.member.ProviderConfigKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How managed resources refer to each other and to members. */
final class Links {

  /** VeleroBackups, by their VeleroInstalls. */
  static final Link<VeleroBackup> BACKUPS =
      new Link<>(VeleroBackup.class, "backups", Operation::of);

  /** VeleroSchedules, by their VeleroInstalls. */
  static final Link<VeleroSchedule> SCHEDULES =
      new Link<>(VeleroSchedule.class, "schedules", Operation::of);

  /** VeleroRestores, by their VeleroInstalls. */
  static final Link<VeleroRestore> RESTORES =
      new Link<>(VeleroRestore.class, "restores", Operation::of);

  private static final List<Link<?>> ALL = List.of(BACKUPS, SCHEDULES, RESTORES);

  private static final String BY_INSTALL = "install";
  private static final String BY_MEMBER = "member";

  /** No registration has that name. */
  private static final String UNREADABLE = "";

  private static final String BY_OBJECT = "object";

  private static final Comparator<HasMetadata> AGE =
      Comparator.comparing((HasMetadata it) -> it.getMetadata().getCreationTimestamp())
          .thenComparing(Links::uid);

  private Links() {}

  /**
   * How a kind of operation names its VeleroInstall, which is beside it.
   *
   * @param plural for the names of watches
   * @param reader what an operation says of itself
   */
  record Link<R extends HasMetadata>(Class<R> type, String plural, Function<R, Operation> reader) {

    ResourceID install(R operation) {
      return new ResourceID(
          reader.apply(operation).installName(), operation.getMetadata().getNamespace());
    }

    /** Whether it may name that VeleroInstall: any beside it, where it cannot be read which. */
    private boolean mayName(R operation, ResourceID install) {
      return install(operation).equals(install) || Unreadable.at(operation, Unreadable.INSTALL);
    }

    private String object(R operation) {
      return Links.object(reader.apply(operation));
    }

    /** Asked of the API server. */
    List<? extends HasMetadata> users(Context<VeleroInstall> context, VeleroInstall install) {
      ResourceID id = ResourceID.fromResource(install);
      return context
          .getClient()
          .resources(type)
          .inNamespace(install.getMetadata().getNamespace())
          .list()
          .getItems()
          .stream()
          .filter(operation -> mayName(operation, id))
          .toList();
    }

    private EventSource<?, VeleroInstall> ends(EventSourceContext<VeleroInstall> context) {
      return new InformerEventSource<>(
          InformerEventSourceConfiguration.from(type, VeleroInstall.class)
              .withName(plural + "-of-installs")
              .withSecondaryToPrimaryMapper(operation -> Set.of(install(operation)))
              .withOnAddFilter(operation -> false)
              .withOnUpdateFilter((now, before) -> false)
              .build(),
          context);
    }
  }

  /** VeleroInstalls, as the controller of a kind of operation listens to them. */
  static <R extends HasMetadata> EventSource<?, R> installs(
      EventSourceContext<R> context, Link<R> link) {
    context
        .getPrimaryCache()
        .addIndexers(
            Map.of(
                BY_INSTALL, operation -> List.of(key(link.install(operation))),
                BY_OBJECT, operation -> List.of(link.object(operation))));
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(VeleroInstall.class, link.type())
            .withName("installs-of-" + link.plural())
            .withSecondaryToPrimaryMapper(
                install ->
                    context
                        .getPrimaryCache()
                        .byIndex(BY_INSTALL, key(ResourceID.fromResource(install)))
                        .stream()
                        .map(ResourceID::fromResource)
                        .collect(Collectors.toSet()))
            .withPrimaryToSecondaryMapper((R operation) -> Set.of(link.install(operation)))
            .withOnUpdateFilter(Links::worthTelling)
            .build(),
        context);
  }

  private static boolean worthTelling(VeleroInstall now, VeleroInstall before) {
    return desiredStateChanged(now, before)
        || !Objects.equals(conditions(now.getStatus()), conditions(before.getStatus()));
  }

  private static List<?> conditions(VeleroInstallStatus status) {
    return status == null ? List.of() : status.conditions();
  }

  /** Every kind of operation, as the controller of VeleroInstalls listens to their end. */
  static Stream<EventSource<?, VeleroInstall>> ends(EventSourceContext<VeleroInstall> context) {
    context.getPrimaryCache().addIndexers(Map.of(BY_MEMBER, install -> List.of(member(install))));
    return ALL.stream().map(link -> link.ends(context));
  }

  /**
   * The operations that name a VeleroInstall, those on their way out too, as kind and name. Asked
   * of the API server where the watches know of none: they may lack a newcomer.
   */
  static List<String> usersOf(Context<VeleroInstall> context, VeleroInstall install) {
    List<String> known =
        shown(ALL.stream().flatMap(link -> context.getSecondaryResources(link.type()).stream()));
    return known.isEmpty()
        ? shown(ALL.stream().flatMap(link -> link.users(context, install).stream()))
        : known;
  }

  private static List<String> shown(Stream<? extends HasMetadata> users) {
    return users.map(user -> user.getKind() + " " + user.getMetadata().getName()).sorted().toList();
  }

  /**
   * An operation that is still there and for the same object of Velero's: what an earlier claim of
   * the same name has left, which would be taken for this one's.
   *
   * @param operation what the resource says of itself
   */
  static <R extends HasMetadata> Optional<R> predecessor(
      Context<R> context, R resource, Operation operation) {
    return context.getPrimaryCache().byIndex(BY_OBJECT, object(operation)).stream()
        .filter(other -> !uid(other).equals(uid(resource)))
        .filter(other -> other.isMarkedForDeletion() || isOfEarlierClaim(other, resource))
        .min(AGE);
  }

  /**
   * An older one that keeps the same object of Velero's as it wants it: each would undo the other's
   * edits for ever.
   *
   * @param operation what the resource says of itself
   */
  static <R extends HasMetadata> Optional<R> olderKeeper(
      Context<R> context, R resource, Operation operation, Link<R> link) {
    return context.getPrimaryCache().byIndex(BY_OBJECT, object(operation)).stream()
        .filter(other -> !uid(other).equals(uid(resource)) && AGE.compare(other, resource) < 0)
        .filter(other -> Unreadable.problem(other).isEmpty())
        .filter(other -> keeps(link.reader().apply(other).policies()))
        .min(AGE);
  }

  private static boolean keeps(Policies policies) {
    return policies.update() && !policies.paused();
  }

  /** Kubernetes marks it only a moment after the claim is gone. */
  private static boolean isOfEarlierClaim(HasMetadata other, HasMetadata resource) {
    Optional<String> claim = claimOf(other);
    return claim.isPresent()
        && !claim.equals(claimOf(resource))
        && AGE.compare(other, resource) < 0;
  }

  /** UID of the claim whose managed resource it is; empty for one written by hand. */
  static Optional<String> claimOf(HasMetadata resource) {
    return resource.getMetadata().getOwnerReferences().stream()
        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
        .map(OwnerReference::getUid)
        .findFirst();
  }

  private static String object(Operation operation) {
    return String.join(
        "/",
        operation.user().id().getNamespace().orElse(""),
        operation.reference().kind().name(),
        operation.reference().name(),
        operation.wantedName());
  }

  private static String uid(HasMetadata resource) {
    return String.valueOf(resource.getMetadata().getUid());
  }

  /** All VeleroInstalls that name a registration, and those of which it cannot be read. */
  static List<VeleroInstall> installsOf(Context<VeleroInstall> context, ProviderConfigKey config) {
    return Stream.of(config.toString(), UNREADABLE)
        .flatMap(key -> context.getPrimaryCache().byIndex(BY_MEMBER, key).stream())
        .toList();
  }

  private static String member(VeleroInstall install) {
    return Unreadable.at(install, Unreadable.REFERENCE)
        ? UNREADABLE
        : Targets.key(install).toString();
  }

  /** Our own status writes are no reason to look again. */
  static boolean desiredStateChanged(HasMetadata now, HasMetadata before) {
    return !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
        || !Objects.equals(now.getMetadata().getLabels(), before.getMetadata().getLabels())
        || !Objects.equals(Annotations.of(now), Annotations.of(before))
        || !Objects.equals(
            now.getMetadata().getDeletionTimestamp(), before.getMetadata().getDeletionTimestamp());
  }

  private static String key(ResourceID id) {
    return id.getNamespace().orElse("") + "/" + id.getName();
  }
}
