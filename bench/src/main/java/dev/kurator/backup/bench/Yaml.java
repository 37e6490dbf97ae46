package dev.kurator.backup.bench;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Text to protobuf, before anything is measured. */
final class Yaml {

  private static final YAMLMapper MAPPER = new YAMLMapper();

  private Yaml() {}

  static Struct struct(String yaml) {
    try {
      Struct.Builder struct = Struct.newBuilder();
      JsonFormat.parser().merge(MAPPER.readTree(yaml).toString(), struct);
      return struct.build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
