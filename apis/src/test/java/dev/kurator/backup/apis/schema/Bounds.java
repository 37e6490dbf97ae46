package dev.kurator.backup.apis.schema;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;

/**
 * Gives every list, map and string of a spec an upper bound where its record names none, so that
 * the API server can estimate the cost of CEL rules (Kubernetes, CRD validation rules).
 */
final class Bounds {

  private static final long STRING = 253;
  private static final long LIST = 64;
  private static final long MAP = 64;

  private Bounds() {}

  static void apply(JSONSchemaProps schema) {
    // The generator finds a record component's rule twice: on its field and on its accessor.
    schema.setXKubernetesValidations(
        schema.getXKubernetesValidations().stream().distinct().toList());
    switch (schema.getType() == null ? "" : schema.getType()) {
      case "string" -> boundString(schema);
      case "array" -> {
        if (schema.getMaxItems() == null) {
          schema.setMaxItems(LIST);
        }
        apply(schema.getItems().getSchema());
      }
      case "object" -> boundObject(schema);
      default -> {}
    }
  }

  private static void boundString(JSONSchemaProps schema) {
    if (schema.getMaxLength() == null && schema.getEnum().isEmpty()) {
      schema.setMaxLength(STRING);
    }
  }

  private static void boundObject(JSONSchemaProps schema) {
    if (schema.getAdditionalProperties() != null) {
      if (schema.getMaxProperties() == null) {
        schema.setMaxProperties(MAP);
      }
      apply(schema.getAdditionalProperties().getSchema());
    }
    schema.getProperties().values().forEach(Bounds::apply);
  }
}
