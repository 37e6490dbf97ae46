package dev.kurator.backup.bench;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;

/** What Crossplane reads back of a resource that was rendered: with metadata and status. */
final class Observed {

  private static final Struct METADATA = Yaml.struct(Texts.METADATA);
  private static final Struct INSTALLED = Yaml.struct(Texts.INSTALLED);
  private static final Struct COMPLETED = Yaml.struct(Texts.COMPLETED);
  private static final Struct RUNNING = Yaml.struct(Texts.RUNNING);

  private Observed() {}

  static Struct of(Struct desired, boolean ended) {
    String kind = desired.getFieldsOrThrow("kind").getStringValue();
    Struct status = kind.equals("VeleroInstall") ? INSTALLED : ended ? COMPLETED : RUNNING;
    Struct.Builder observed = desired.toBuilder();
    Struct metadata = desired.getFieldsOrThrow("metadata").getStructValue();
    return observed
        .putFields(
            "metadata", value(METADATA.toBuilder().putAllFields(metadata.getFieldsMap()).build()))
        .putFields("status", value(status))
        .build();
  }

  private static Value value(Struct struct) {
    return Value.newBuilder().setStructValue(struct).build();
  }
}
