package dev.kurator.backup.bench;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import dev.kurator.crossplane.fn.v1.Resource;
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

  /** What a resource holds, as protobuf reads it. */
  static Struct struct(Resource resource) {
    try {
      return Struct.parseFrom(resource.getResource());
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }
}
