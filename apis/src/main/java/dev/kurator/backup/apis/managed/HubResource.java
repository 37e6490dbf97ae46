package dev.kurator.backup.apis.managed;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A resource on the hub. Values that this release cannot read are left out of spec and status and
 * told beside them; a required one has a placeholder that nothing may be decided by.
 *
 * @param <S> its spec
 * @param <T> its status
 */
public abstract class HubResource<S, T> extends CustomResource<S, T> {

  private static final int NAMED = 3;

  @JsonIgnore private List<UnreadableField> unreadable = List.of();

  @Override
  @SuppressWarnings("NullAway") // fabric8 cannot instantiate records; null means "not set yet"
  protected S initSpec() {
    return null;
  }

  @Override
  @SuppressWarnings("NullAway")
  protected T initStatus() {
    return null;
  }

  /** What cannot be read; empty for nearly every resource. */
  public List<UnreadableField> unreadable() {
    return unreadable;
  }

  /** Notes what cannot be read. */
  public void unreadable(List<UnreadableField> fields) {
    unreadable = List.copyOf(fields);
  }

  /**
   * Whether something at a field cannot be read: the field itself, what holds it, or what is in it.
   *
   * @param field as users write it, {@code spec.providerConfigRef}
   */
  public boolean unreadableAt(String field) {
    return unreadable.stream().anyMatch(one -> one.touches(field));
  }

  /** What cannot be read, why, and what to do, for people; empty where all can. */
  public Optional<String> unreadableProblem() {
    if (unreadable.isEmpty()) {
      return Optional.empty();
    }
    String first =
        unreadable.stream()
            .limit(NAMED)
            .map(UnreadableField::toString)
            .collect(Collectors.joining("; "));
    int more = unreadable.size() - NAMED;
    return Optional.of(more > 0 ? first + "; and " + more + " more" : first);
  }

  /**
   * Whether what the status says of the member is the only record of it. Where it is not, an
   * unreadable value of it is made anew.
   */
  protected boolean remembers() {
    return false;
  }

  /** Whether an unreadable value at that path must stay as it is. */
  public final boolean keeps(List<String> path) {
    return switch (path.getFirst()) {
      case "spec" -> true;
      case "status" -> path.size() > 1 && path.get(1).equals("atProvider") && remembers();
      default -> false;
    };
  }
}
