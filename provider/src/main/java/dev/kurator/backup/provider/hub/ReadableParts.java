package dev.kurator.backup.provider.hub;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kurator.backup.apis.managed.UnreadableField;
import java.util.ArrayList;
import java.util.List;

/**
 * A resource with what of its spec and status can be read.
 *
 * @param unreadable what cannot
 */
record ReadableParts(ObjectNode resource, ObjectNode raw, List<UnreadableField> unreadable) {

  private static final String SPEC = "spec";
  private static final String STATUS = "status";

  /** Of a resource as it is on the hub. */
  static ReadableParts of(ReadableValues values, ObjectNode raw, JavaType spec, JavaType status) {
    List<UnreadableField> problems = new ArrayList<>();
    ObjectNode resource = raw.deepCopy();
    if (raw.hasNonNull(SPEC)) {
      JsonNode found = values.read(raw.get(SPEC), spec, List.of(SPEC), problems);
      resource.set(SPEC, found == null ? values.placeholder(spec) : found);
    } else {
      problems.add(missing());
      resource.set(SPEC, values.placeholder(spec));
    }
    JsonNode found =
        raw.hasNonNull(STATUS)
            ? values.read(raw.get(STATUS), status, List.of(STATUS), problems)
            : null;
    if (found == null) {
      resource.remove(STATUS);
    } else {
      resource.set(STATUS, found);
    }
    return new ReadableParts(resource, raw, List.copyOf(problems));
  }

  private static UnreadableField missing() {
    return new UnreadableField(List.of(SPEC), "is missing; write it", null);
  }

  /** The same, where spec and status as a whole cannot be read. */
  ReadableParts without(ReadableValues values, JavaType spec) {
    ObjectNode left = raw.deepCopy();
    left.remove(STATUS);
    left.set(SPEC, values.placeholder(spec));
    List<UnreadableField> problems = new ArrayList<>();
    problems.add(ReadableValues.whole(List.of(SPEC), raw.path(SPEC)));
    if (raw.path(STATUS).has("atProvider")) {
      problems.add(
          ReadableValues.whole(List.of(STATUS, "atProvider"), raw.get(STATUS).get("atProvider")));
    }
    return new ReadableParts(left, raw, problems);
  }
}
