package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.provider.member.MemberApiException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.OperatorException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What ended a reconcile, as people are told it.
 *
 * @param id finds it in the log; the same for each try that fails in the same way at the same place
 * @param text a sentence for a condition; of an error of our own it names the type only, since a
 *     message may quote what is secret
 * @param unforeseen whether the log is to have all of it
 * @param normal whether another try is all that is needed
 */
record ReconcileFailure(String id, String text, boolean unforeseen, boolean normal) {

  private static final String OURS = "dev.kurator.";
  private static final int ID = 8;

  /** Reads a failure and its causes. */
  static ReconcileFailure of(Throwable failure) {
    List<Throwable> chain = chain(failure);
    String id = id(chain);
    String log = " (error %s in the provider's log)".formatted(id);
    MemberApiException member = find(chain, MemberApiException.class);
    if (member != null) {
      boolean unreadable = member.unreadable();
      return new ReconcileFailure(
          id, member.text() + (unreadable ? log : ""), unreadable, member.connection());
    }
    KubernetesClientException hub = find(chain, KubernetesClientException.class);
    if (hub != null && hub.getCode() == HttpURLConnection.HTTP_CONFLICT) {
      return new ReconcileFailure(id, "", false, true);
    }
    if (hub != null) {
      return new ReconcileFailure(id, hub(hub) + "; it is tried again" + log, true, false);
    }
    String type = chain.getLast().getClass().getSimpleName();
    return new ReconcileFailure(
        id, "unexpected error in the provider: " + type + "; it is tried again" + log, true, false);
  }

  private static String hub(KubernetesClientException hub) {
    if (hub.getCode() <= 0) {
      return "the hub's API server did not answer";
    }
    String reason =
        hub.getStatus() == null || hub.getStatus().getMessage() == null
            ? "HTTP status " + hub.getCode()
            : hub.getStatus().getMessage();
    return "the hub's API server refused: " + reason;
  }

  /** From what failed to its first cause. */
  private static List<Throwable> chain(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Throwable> chain = new ArrayList<>();
    for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
      boolean wrapper = cause instanceof OperatorException && cause.getCause() != null;
      if (!wrapper) {
        chain.add(cause);
      }
    }
    return chain;
  }

  private static <T> @Nullable T find(List<Throwable> chain, Class<T> type) {
    return chain.stream().filter(type::isInstance).map(type::cast).findFirst().orElse(null);
  }

  /** From types and places, which do not change from try to try as messages may. */
  private static String id(List<Throwable> chain) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause : chain) {
      text.append(cause.getClass().getName());
      if (cause instanceof KubernetesClientException api) {
        text.append(api.getCode());
      }
      // where a stack or the memory ends is chance
      if (!(cause instanceof VirtualMachineError)) {
        places(cause).forEach(text::append);
      }
    }
    return Digest.of(text.toString().getBytes(StandardCharsets.UTF_8)).substring(0, ID);
  }

  private static List<String> places(Throwable cause) {
    Set<String> seen = new HashSet<>();
    List<String> places = new ArrayList<>();
    for (StackTraceElement frame : cause.getStackTrace()) {
      if (frame.getClassName().startsWith(OURS) && seen.add(frame.toString())) {
        places.add(frame.getClassName() + frame.getMethodName() + frame.getLineNumber());
      }
    }
    return places;
  }
}
