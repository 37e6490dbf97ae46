package dev.kurator.backup.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.blob.Blobs;
import com.google.cloud.tools.jib.tar.TarStreamBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * An image in a file, as {@code docker save} lays it out. Its layers are read from the file when
 * asked for, so it must stay open while its {@link #image} is used.
 */
final class Archive implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MANIFEST = "manifest.json";
  private static final String CONFIG = "config.json";
  private static final String LAYER_SUFFIX = ".tar.gz";

  private final TarFile tar;
  private final Image image;

  private Archive(TarFile tar) throws IOException {
    this.tar = tar;
    JsonNode manifest = JSON.readTree(bytes(MANIFEST)).path(0);
    ObjectNode config = JSON.readValue(bytes(manifest.path("Config").asText()), ObjectNode.class);
    List<Layer> layers = new ArrayList<>();
    for (JsonNode name : manifest.path("Layers")) {
      layers.add(layer(name.asText()));
    }
    this.image = new Image(config, layers);
  }

  /**
   * Opens an archive whose layers are compressed and named after their digests, as Jib and {@link
   * #write} make them.
   */
  static Archive open(Path file) throws IOException {
    TarFile tar = new TarFile(file);
    try {
      return new Archive(tar);
    } catch (IOException | RuntimeException e) {
      tar.close();
      throw new IOException("cannot read the image in " + file + ": " + e.getMessage(), e);
    }
  }

  /** Writes an image so that {@link #open}, Docker and the crossplane CLI can read it. */
  static void write(Image image, String name, Path file) throws IOException {
    TarStreamBuilder tar = new TarStreamBuilder();
    ObjectNode manifest = JSON.createObjectNode().put("Config", CONFIG);
    manifest.putArray("RepoTags").add(name);
    for (Layer layer : image.layers()) {
      String entry = layer.digest().getHash() + LAYER_SUFFIX;
      tar.addBlobEntry(layer.content(), layer.size(), entry, Instant.EPOCH);
      manifest.withArray("/Layers").add(entry);
    }
    tar.addByteEntry(JSON.writeValueAsBytes(image.config()), CONFIG, Instant.EPOCH);
    byte[] manifests = JSON.writeValueAsBytes(JSON.createArrayNode().add(manifest));
    tar.addByteEntry(manifests, MANIFEST, Instant.EPOCH);
    try (OutputStream out = Files.newOutputStream(file)) {
      tar.writeAsTarArchiveTo(out);
    }
  }

  /** The image; usable until this archive is closed. */
  Image image() {
    return image;
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }

  private Layer layer(String name) throws IOException {
    TarArchiveEntry entry = entry(name);
    try {
      return new Layer(
          DescriptorDigest.fromHash(name.replace(LAYER_SUFFIX, "")),
          entry.getSize(),
          Blobs.from(
              out -> {
                try (InputStream in = tar.getInputStream(entry)) {
                  in.transferTo(out);
                }
              },
              /* retryable= */ true));
    } catch (DigestException e) {
      throw new IOException("layer " + name + " is not named after its digest", e);
    }
  }

  private byte[] bytes(String name) throws IOException {
    try (InputStream in = tar.getInputStream(entry(name))) {
      return in.readAllBytes();
    }
  }

  private TarArchiveEntry entry(String name) throws IOException {
    return tar.getEntries().stream()
        .filter(entry -> entry.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IOException("no entry " + name));
  }
}
