package dev.kurator.backup.provider.velero;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kurator.backup.apis.claim.ExistingResourcePolicy;
import dev.kurator.backup.apis.claim.ResourceFilter;
import dev.kurator.backup.apis.claim.RestorePolicy;
import dev.kurator.backup.apis.claim.RestoreProgress;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroRestoreObservation;
import dev.kurator.backup.apis.managed.VeleroRestoreParameters;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Velero's Restore objects (velero pkg/apis/velero/v1/restore_types.go). */
public final class Restores {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Restores() {}

  /** Hash of what the user asked for; of the wishes at hand where the spec gives none. */
  public static String policyHash(VeleroRestoreParameters parameters) {
    String given = parameters.policyHash();
    if (given != null) {
      return given;
    }
    try {
      return Hash.hex(
          JSON.writeValueAsString(orUnset(parameters.policy()))
              + Objects.requireNonNullElse(parameters.backupName(), "")
              + JSON.writeValueAsString(parameters.backupLabels()),
          16);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a policy is plain data", e);
    }
  }

  /**
   * The Restore to create.
   *
   * @param namespace the engine's, which is always left out: it holds the storage Secrets of other
   *     claims
   * @param backupName the Backup that was chosen
   */
  public static GenericKubernetesResource restore(
      String name,
      String namespace,
      VeleroRestoreParameters parameters,
      String backupName,
      Origin origin) {
    GenericKubernetesResource restore =
        VeleroKind.Restore.object(
            new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(origin.labels(parameters.labels()))
                .addToAnnotations(Names.POLICY_HASH_ANNOTATION, policyHash(parameters))
                .build());
    restore.setAdditionalProperty("spec", spec(parameters.policy(), namespace, backupName));
    return restore;
  }

  private static Map<String, Object> spec(
      @Nullable RestorePolicy given, String namespace, String backupName) {
    RestorePolicy policy = orUnset(given);
    Map<String, Object> spec = new LinkedHashMap<>();
    // never by schedule: Velero would choose then, among the Backups of every location
    spec.put("backupName", backupName);
    spec.putAll(RestoreFilter.fields(policy.resourceFilter(), namespace));
    if (!policy.namespaceMapping().isEmpty()) {
      spec.put("namespaceMapping", policy.namespaceMapping());
    }
    if (policy.restoreStatus() != null) {
      spec.put(
          "restoreStatus",
          JSON.convertValue(
              policy.restoreStatus(), new TypeReference<LinkedHashMap<String, Object>>() {}));
    }
    spec.put("preserveNodePorts", Boolean.TRUE.equals(policy.preserveNodePorts()));
    spec.put(
        "existingResourcePolicy",
        Objects.requireNonNullElse(policy.existingResourcePolicy(), ExistingResourcePolicy.none)
            .name());
    spec.put(
        "itemOperationTimeout", Objects.requireNonNullElse(policy.itemOperationTimeout(), "1h"));
    return spec;
  }

  private static RestorePolicy orUnset(@Nullable RestorePolicy policy) {
    return Objects.requireNonNullElse(policy, RestorePolicy.UNSET);
  }

  /**
   * Why such a Restore is not carried out on this member; empty where it is.
   *
   * @param namespace the engine's
   */
  public static Optional<String> refusal(VeleroRestoreParameters parameters, String namespace) {
    RestorePolicy policy = orUnset(parameters.policy());
    return Values.duration(parameters.startDeadline(), "startDeadline")
        .or(() -> Values.duration(parameters.progressInterval(), "progressInterval"))
        .or(() -> Values.duration(policy.itemOperationTimeout(), "policy.itemOperationTimeout"))
        .or(() -> Values.name(parameters.name(), "name"))
        .or(() -> Values.name(parameters.backupName(), "backupName"))
        .or(() -> Values.labels(parameters.labels(), "labels"))
        .or(() -> Values.labels(parameters.backupLabels(), "backupLabels"))
        .or(() -> Values.selectors(policy.resourceFilter()))
        .or(() -> refusal(policy, namespace));
  }

  private static Optional<String> refusal(RestorePolicy policy, String namespace) {
    ResourceFilter filter = policy.resourceFilter();
    if (filter != null && filter.includedNamespaces().contains(namespace)) {
      return Optional.of(
          "resourceFilter.includedNamespaces names "
              + namespace
              + ", the engine's own namespace, which is never restored; remove it");
    }
    if (policy.namespaceMapping().containsValue(namespace)) {
      return Optional.of(
          "namespaceMapping names "
              + namespace
              + ", the engine's own namespace, into which nothing is restored; choose another");
    }
    return Optional.ofNullable(filter).flatMap(RestoreFilter::refusal);
  }

  /**
   * Velero's status of a Restore.
   *
   * @param choice what is restored
   */
  public static VeleroRestoreObservation observation(
      GenericKubernetesResource restore, BackupChoice.Chosen choice) {
    Fields status = Fields.of(restore).in("status");
    Fields progress = status.in("progress");
    return new VeleroRestoreObservation(
        choice.backupName(),
        choice.startTimestamp(),
        Objects.requireNonNullElse(status.textOrNull("phase"), "New"),
        status.textOrNull("startTimestamp"),
        status.textOrNull("completionTimestamp"),
        progress.isEmpty()
            ? null
            : new RestoreProgress(progress.number("totalItems"), progress.number("itemsRestored")),
        status.number("errors"),
        status.number("warnings"),
        status.textOrNull("failureReason"),
        status.list("validationErrors"),
        List.of());
  }

  /** The same status with the first few errors and warnings in it. */
  public static VeleroRestoreObservation explained(
      VeleroRestoreObservation seen, List<String> reasons) {
    return new VeleroRestoreObservation(
        seen.backupName(),
        seen.backupTimestamp(),
        seen.phase(),
        seen.startTimestamp(),
        seen.completionTimestamp(),
        seen.progress(),
        seen.errors(),
        seen.warnings(),
        seen.failureReason(),
        seen.validationErrors(),
        reasons);
  }

  /** Name of the Backup that a Restore restores, empty where Velero has yet to fill it in. */
  public static String backupName(GenericKubernetesResource restore) {
    return Fields.of(restore).in("spec").text("backupName");
  }

  /** What a Restore that already has our name is to us. */
  public static Existing matches(
      GenericKubernetesResource existing, VeleroRestoreParameters parameters, Origin origin) {
    Map<String, String> annotations =
        Objects.requireNonNullElse(existing.getMetadata().getAnnotations(), Map.of());
    return switch (stillOwn(existing, parameters, origin)) {
      case Existing.Adoptable adoptable
          when policyHash(parameters).equals(annotations.get(Names.POLICY_HASH_ANNOTATION)) ->
          adoptable;
      case Existing.Adoptable adoptable ->
          new Existing.Taken("it was made for another claim, policy or backup");
      case Existing other -> other;
    };
  }

  /** The same for one that the managed resource made or adopted, whatever was edited since. */
  public static Existing stillOwn(
      GenericKubernetesResource existing, VeleroRestoreParameters parameters, Origin origin) {
    Map<String, String> labels =
        Objects.requireNonNullElse(existing.getMetadata().getLabels(), Map.of());
    // what is restored is the member's own: a cluster that takes another's place restores anew
    return origin
        .otherHub(existing)
        .or(
            () ->
                origin.member().equals(labels.get(Names.MEMBER_LABEL))
                    ? Optional.empty()
                    : Optional.of("it was made on a different cluster"))
        .or(
            () ->
                labels.entrySet().containsAll(origin.ofClaim(parameters.labels()).entrySet())
                    ? Optional.empty()
                    : Optional.of("it was made for another claim, policy or backup"))
        .<Existing>map(Existing.Taken::new)
        .orElseGet(Existing.Adoptable::new);
  }
}
