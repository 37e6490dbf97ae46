package dev.kurator.backup.provider.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;

/** The end of a deletion. */
final class Finalizer {

  private Finalizer() {}

  /**
   * Takes the finalizer away where the deletion is over, in the framework's place. The framework
   * (JOSDK 5.3, EventProcessor) would then note under the resource's name that it waits for its
   * end. Where Crossplane or a user applies the resource again at that very moment, the note is
   * about the new one, which would be left alone until somebody edits it.
   *
   * @param control whether it is over
   */
  static DeleteControl release(Context<? extends HasMetadata> context, DeleteControl control) {
    if (!control.isRemoveFinalizer()) {
      return control;
    }
    context.resourceOperations().removeFinalizer();
    return DeleteControl.noFinalizerRemoval();
  }
}
