package dev.kurator.backup.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A container image of one platform.
 *
 * @param config its configuration (OCI image-spec), not to be changed
 * @param layers from the base to the top
 */
record Image(ObjectNode config, List<Layer> layers) {

  /** Key of the layer annotation, and start of the label that keeps it inside an archive. */
  static final String ANNOTATION = "io.crossplane.xpkg";

  /** Value of the annotation of the layer that holds package.yaml. */
  static final String BASE = "base";

  private static final String EPOCH = "1970-01-01T00:00:00Z";

  Image {
    layers = List.copyOf(layers);
  }

  /** An image without files, for a package without a program. */
  static Image empty() {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    config.put("created", EPOCH).put("architecture", "amd64").put("os", "linux");
    config.putObject("config");
    config.putObject("rootfs").put("type", "layers").putArray("diff_ids");
    return new Image(config, List.of());
  }

  /** This image with the package on top, in the place of one that it already has. */
  Image with(PackageLayer top) {
    Image runtime = packageLayer().isPresent() ? withoutTop() : this;
    ObjectNode extended = runtime.config.deepCopy();
    extended.withArray("/rootfs/diff_ids").add(top.diffId().toString());
    extended.withArray("/history").addObject().put("created", EPOCH).put("comment", "xpkg");
    extended.withObject("/config/Labels").put(label(top.layer()), BASE);
    List<Layer> all = new ArrayList<>(runtime.layers);
    all.add(top.layer());
    return new Image(extended, all);
  }

  /** The layer with the package, if this image is an xpkg. */
  Optional<Layer> packageLayer() {
    JsonNode labels = config.at("/config/Labels");
    return layers.stream().filter(layer -> labels.has(label(layer))).findFirst();
  }

  private Image withoutTop() {
    Layer top = layers.getLast();
    ObjectNode reduced = config.deepCopy();
    List<JsonNode> diffIds = new ArrayList<>();
    reduced.withArray("/rootfs/diff_ids").forEach(diffIds::add);
    reduced
        .withObject("/rootfs")
        .putArray("diff_ids")
        .addAll(diffIds.subList(0, layers.size() - 1));
    List<JsonNode> history = new ArrayList<>();
    reduced.withArray("/history").forEach(history::add);
    reduced.putArray("history").addAll(history.subList(0, history.size() - 1));
    reduced.withObject("/config/Labels").remove(label(top));
    return new Image(reduced, layers.subList(0, layers.size() - 1));
  }

  private static String label(Layer layer) {
    return ANNOTATION + ":" + layer.digest();
  }
}
