package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.provider.member.MemberApiException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How an operation comes by its one object on its member: the hub knows the name before there is
 * anything of that name, so that a crash in between is found out.
 *
 * @param <R> the kind of managed resource
 */
final class Creation<R extends HasMetadata> {

  /** How often another object may win the name before it is called contended. */
  static final int RACES = 5;

  private final Footing footing;
  private final Annotator<R> hub;
  private R resource;

  Creation(R resource, Footing footing, Annotator<R> hub) {
    this.resource = resource;
    this.footing = footing;
    this.hub = hub;
  }

  /**
   * Writes annotations to the hub and gives the resource as it is then.
   *
   * @param <R> the kind of managed resource
   */
  @FunctionalInterface
  interface Annotator<R> {
    /** See {@link Annotations#write}. */
    R write(R resource, Map<String, String> annotations);
  }

  /** The managed resource as it is now. */
  R resource() {
    return resource;
  }

  /** That the name was lost in every race, for messages. */
  String contended() {
    return "the name of Velero's " + footing.operation().kind() + " is contended";
  }

  /**
   * Announces the object and makes it.
   *
   * @return whether it was made; not where something else has its name by now
   * @throws MemberApiException where the member fails
   */
  boolean make(GenericKubernetesResource object, Instant now) {
    announce(object.getMetadata().getName(), now);
    return put(object);
  }

  /**
   * Puts an object of the announced name, or what belongs to it, on the member.
   *
   * @return whether it was made; not where something else has its name by now
   * @throws MemberApiException where the member fails
   */
  boolean put(HasMetadata object) {
    footing.desk().leases().hubUid().ifPresent(uid -> note(object, uid));
    try {
      footing.target().cluster().create(object);
      return true;
    } catch (MemberApiException e) {
      if (e.conflict()) {
        return false;
      }
      throw e;
    }
  }

  /** Velero hands a Schedule's annotations on to its Backups. */
  private static void note(HasMetadata object, String hubUid) {
    Map<String, String> annotations = new HashMap<>(Annotations.of(object));
    annotations.put(Names.HUB_UID_ANNOTATION, hubUid);
    object.getMetadata().setAnnotations(annotations);
  }

  /** Writes to the hub that an object of that name is about to be made. */
  void announce(String name, Instant now) {
    Map<String, String> annotations = Annotations.of(resource);
    if (!name.equals(annotations.get(Names.EXTERNAL_NAME))
        || !name.equals(annotations.get(Names.OWNED))
        || !annotations.containsKey(Names.EXTERNAL_CREATE_PENDING)) {
      resource =
          hub.write(
              resource,
              Map.of(
                  Names.EXTERNAL_NAME,
                  name,
                  Names.OWNED,
                  name,
                  Names.EXTERNAL_CREATE_PENDING,
                  now.truncatedTo(ChronoUnit.SECONDS).toString()));
    }
    watch(name);
  }

  /** Takes the object of that name, which is older than the managed resource. */
  void adopt(String name) {
    resource = hub.write(resource, Map.of(Names.EXTERNAL_NAME, name, Names.OWNED, name));
    watch(name);
  }

  private void watch(String name) {
    Operation operation = footing.operation();
    footing.desk().uses().objects(operation.user(), Set.of(operation.object(name)));
  }
}
