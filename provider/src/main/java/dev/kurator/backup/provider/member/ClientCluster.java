package dev.kurator.backup.provider.member;

import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListMeta;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Listable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A member's API through a Kubernetes client; tells the link of failures of the connection. */
final class ClientCluster implements Cluster {

  /** The name under which the API server records which fields are ours. */
  static final String FIELD_MANAGER = "provider-velero";

  /** How many objects one answer of a watch's first list holds. */
  static final long PAGE = 50;

  /** Of a list that is waited for; fewer where that many are too large for one answer. */
  private static final long LARGE_PAGE = 400;

  private final String member;
  private final KubernetesClient client;
  private final Duration longestList;
  private final Consumer<Throwable> failures;

  /**
   * Works through the client, which stays the caller's.
   *
   * @param member its name, for what is said of failures
   * @param longestList the longest that all pages of a list may take together
   * @param failures told where there was no answer, or the credentials have ended
   */
  ClientCluster(
      String member, KubernetesClient client, Duration longestList, Consumer<Throwable> failures) {
    this.member = member;
    this.client = client;
    this.longestList = longestList;
    this.failures = failures;
  }

  @Override
  public <T extends HasMetadata> Optional<T> get(T like) {
    return call(() -> Optional.ofNullable(on(like).get()));
  }

  @Override
  public Optional<GenericKubernetesResource> get(VeleroKind kind, String namespace, String name) {
    return call(
        () ->
            Optional.ofNullable(operation(client, kind).inNamespace(namespace).withName(name).get())
                .map(object -> ReadObject.checked(kind.name(), object)));
  }

  @Override
  public List<GenericKubernetesResource> list(
      VeleroKind kind, String namespace, Map<String, String> labels) {
    return call(
        () -> {
          try {
            return pages(operation(client, kind).inNamespace(namespace).withLabels(labels), kind);
          } catch (KubernetesClientException e) {
            if (e.getCode() == 404) {
              return List.of();
            }
            throw e;
          }
        });
  }

  private List<GenericKubernetesResource> pages(
      Listable<GenericKubernetesResourceList> list, VeleroKind kind) {
    long end = System.nanoTime() + longestList.toNanos();
    List<GenericKubernetesResource> all = new ArrayList<>();
    long used = 0;
    Optional<String> next = Optional.of("");
    while (next.isPresent()) {
      GenericKubernetesResourceList page = page(list, next.get());
      for (GenericKubernetesResource object :
          Objects.requireNonNullElse(page.getItems(), List.<GenericKubernetesResource>of())) {
        ReadObject.reduce(ReadObject.checked(kind.name(), object));
        used += BoundedStore.size(client.getKubernetesSerialization().asJson(object));
        all.add(object);
      }
      next =
          Optional.ofNullable(page.getMetadata())
              .map(ListMeta::getContinue)
              .filter(token -> !token.isEmpty());
      if (used > WatchMemory.MOST_OF_ONE) {
        throw new UnusableAnswer(
            "it lists more %ss than can be read; delete old ones".formatted(kind));
      }
      if (next.isPresent() && System.nanoTime() > end) {
        throw new UnusableAnswer(
            "its list of %ss took longer than %d s; check its API server"
                .formatted(kind, longestList.toSeconds()));
      }
    }
    return all;
  }

  private static GenericKubernetesResourceList page(
      Listable<GenericKubernetesResourceList> list, String from) {
    ListOptionsBuilder options = new ListOptionsBuilder().withContinue(from);
    try {
      return list.list(options.withLimit(LARGE_PAGE).build());
    } catch (KubernetesClientException e) {
      if (UnusableAnswer.problem(e).isEmpty()) {
        throw e;
      }
      // larger than an answer may be, perhaps only because it holds so many
      return list.list(options.withLimit(PAGE).build());
    }
  }

  @Override
  public <T extends HasMetadata> T apply(T wanted) {
    return call(() -> on(wanted).fieldManager(FIELD_MANAGER).forceConflicts().serverSideApply());
  }

  @Override
  public <T extends HasMetadata> T create(T wanted) {
    return call(() -> on(wanted).create());
  }

  @Override
  public void label(HasMetadata like, Map<String, String> labels) {
    String patch =
        client.getKubernetesSerialization().asJson(Map.of("metadata", Map.of("labels", labels)));
    call(
        () -> {
          try {
            return Optional.of(on(like).patch(PatchContext.of(PatchType.JSON_MERGE), patch));
          } catch (KubernetesClientException e) {
            if (e.getCode() == 404) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  @Override
  public void patch(HasMetadata like, Map<String, ?> change) {
    String patch = client.getKubernetesSerialization().asJson(change);
    call(() -> on(like).patch(PatchContext.of(PatchType.JSON_MERGE), patch));
  }

  @Override
  public void delete(HasMetadata like) {
    call(() -> on(like).withPropagationPolicy(DeletionPropagation.BACKGROUND).delete());
  }

  @Override
  public void deleteUnchanged(HasMetadata read) {
    call(() -> on(read).lockResourceVersion(read.getMetadata().getResourceVersion()).delete());
  }

  /** Operations on a Velero kind, without asking the member for its discovery documents. */
  static MixedOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      operation(KubernetesClient client, VeleroKind kind) {
    return client.genericKubernetesResources(
        new ResourceDefinitionContext.Builder()
            .withGroup(VeleroKind.GROUP)
            .withVersion(VeleroKind.VERSION)
            .withKind(kind.name())
            .withPlural(kind.plural())
            .withNamespaced(true)
            .build());
  }

  @SuppressWarnings("unchecked") // a generic Velero object in is a generic Velero object out
  private <T extends HasMetadata> Resource<T> on(T object) {
    if (object instanceof GenericKubernetesResource generic
        && VeleroKind.API_VERSION.equals(generic.getApiVersion())) {
      return (Resource<T>)
          operation(client, VeleroKind.valueOf(generic.getKind()))
              .inNamespace(generic.getMetadata().getNamespace())
              .resource(generic);
    }
    return client.resource(object);
  }

  private <R> R call(Supplier<R> work) {
    try {
      return work.get();
    } catch (RuntimeException | StackOverflowError e) {
      MemberApiException failure = MemberApiException.of(member, e);
      // 401: the credentials have ended
      if (failure.connection() || failure.code() == HttpURLConnection.HTTP_UNAUTHORIZED) {
        failures.accept(e);
      }
      throw failure;
    }
  }
}
