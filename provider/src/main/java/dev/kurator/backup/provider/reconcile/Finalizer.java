package dev.kurator.backup.provider.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import java.net.HttpURLConnection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The end of a deletion. */
final class Finalizer {

  /** What an API server answers to a patch of what is not there as it was read. */
  private static final int UNPROCESSABLE = 422;

  /** How often somebody else may write in between. */
  private static final int TRIES = 10;

  private Finalizer() {}

  /**
   * Takes the finalizer away where the deletion is over, in the framework's place. The framework
   * (JOSDK 5.3, EventProcessor) would then note under the resource's name that it waits for its
   * end. Where Crossplane or a user applies the resource again at that very moment, the note is
   * about the new one, which would be left alone until somebody edits it.
   *
   * @param control whether it is over
   * @throws KubernetesClientException where the hub refuses, so that it is tried again
   */
  static DeleteControl release(Context<? extends HasMetadata> context, DeleteControl control) {
    if (!control.isRemoveFinalizer()) {
      return control;
    }
    remove(context);
    return DeleteControl.noFinalizerRemoval();
  }

  /**
   * The framework's own method reads the resource again by its name after a conflict, and takes the
   * finalizer off whatever has that name by then.
   */
  private static <R extends HasMetadata> void remove(Context<R> context) {
    R deleted = context.getPrimaryResource();
    String finalizer = context.getControllerConfiguration().getFinalizerName();
    @Nullable R now = deleted;
    for (int tries = 1;
        now != null && isSame(now, deleted) && now.hasFinalizer(finalizer);
        tries++) {
      try {
        context
            .resourceOperations()
            .jsonPatchPrimary(
                now,
                it -> {
                  it.removeFinalizer(finalizer);
                  return it;
                });
        return;
      } catch (KubernetesClientException e) {
        if (!changed(e) || tries == TRIES) {
          throw e;
        }
        now = context.getClient().resource(deleted).get();
      }
    }
  }

  private static boolean isSame(HasMetadata one, HasMetadata other) {
    return Objects.equals(one.getMetadata().getUid(), other.getMetadata().getUid());
  }

  /** Whether it is not as it was read, or not there any more. */
  private static boolean changed(KubernetesClientException failure) {
    return switch (failure.getCode()) {
      case HttpURLConnection.HTTP_CONFLICT, HttpURLConnection.HTTP_NOT_FOUND, UNPROCESSABLE -> true;
      default -> false;
    };
  }
}
