package dev.kurator.backup.apis.schema;

import dev.kurator.backup.apis.syntax.Syntax;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;

/**
 * Gives every list, map, text and integer an upper bound where its record names none, so that the
 * API server can estimate the cost of CEL rules (Kubernetes, CRD validation rules), and so that our
 * programs can read whatever it holds.
 */
final class Bounds {

  /** The largest integer that Crossplane's protobuf structs hold exactly, less one. */
  private static final double INTEGER = 9_007_199_254_740_991d;

  private final long text;
  private final long list;
  private final long map;

  private Bounds(long text, long list, long map) {
    this.text = text;
    this.list = list;
    this.map = map;
  }

  /** What users write. */
  static Bounds ofSpec() {
    return new Bounds(Syntax.LONGEST_TEXT, Syntax.MOST_ENTRIES, Syntax.MOST_ENTRIES);
  }

  /** What our programs write: never to be refused, so far above what they cut it to. */
  static Bounds ofStatus() {
    return new Bounds(32_768, 16_384, 64);
  }

  void apply(JSONSchemaProps schema) {
    // The generator finds a record component's rule twice: on its field and on its accessor.
    schema.setXKubernetesValidations(
        schema.getXKubernetesValidations().stream().distinct().toList());
    switch (schema.getType() == null ? "" : schema.getType()) {
      case "string" -> boundString(schema);
      case "integer" -> boundInteger(schema);
      case "array" -> {
        if (schema.getMaxItems() == null) {
          schema.setMaxItems(list);
        }
        apply(schema.getItems().getSchema());
      }
      case "object" -> boundObject(schema);
      default -> {}
    }
  }

  private void boundString(JSONSchemaProps schema) {
    if (schema.getMaxLength() == null && schema.getEnum().isEmpty()) {
      schema.setMaxLength(text);
    }
    if (Syntax.QUANTITY.equals(schema.getPattern())) {
      // as Kubernetes has it: `cpu: 1` is a number
      schema.setType(null);
      schema.setXKubernetesIntOrString(true);
      schema.setMinimum(0d);
    }
  }

  private static void boundInteger(JSONSchemaProps schema) {
    if (schema.getMaximum() == null) {
      schema.setMaximum(INTEGER);
    }
    if (schema.getMinimum() == null) {
      schema.setMinimum(-INTEGER);
    }
  }

  private void boundObject(JSONSchemaProps schema) {
    if (schema.getAdditionalProperties() != null) {
      if (schema.getMaxProperties() == null) {
        schema.setMaxProperties(map);
      }
      apply(schema.getAdditionalProperties().getSchema());
    }
    schema.getProperties().values().forEach(this::apply);
  }
}
