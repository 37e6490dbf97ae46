package dev.kurator.backup.packaging;

import com.google.cloud.tools.jib.api.DescriptorDigest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * The layer that Crossplane reads: {@code /package.yaml} alone.
 *
 * @param layer compressed, as pushed
 * @param diffId digest of the uncompressed layer
 */
record PackageLayer(Layer layer, DescriptorDigest diffId) {

  private static final String FILE = "package.yaml";
  private static final int MODE = 0100644;

  /** Makes the layer; the same package gives the same bytes. */
  static PackageLayer of(PackageYaml yaml) throws IOException {
    byte[] tar = tar(yaml.bytes());
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(tar);
    }
    return new PackageLayer(Layer.of(compressed.toByteArray()), Layer.sha256(tar));
  }

  /**
   * Reads what {@link #of} wrote.
   *
   * @throws IOException when the layer holds no package.yaml
   */
  static PackageYaml read(Layer layer) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(layer.bytes())))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.getName().equals(FILE)) {
          return PackageYaml.parse(tar.readAllBytes());
        }
      }
    }
    throw new IOException("layer " + layer.digest() + " holds no " + FILE);
  }

  private static byte[] tar(byte[] yaml) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      TarArchiveEntry entry = new TarArchiveEntry(FILE);
      entry.setMode(MODE);
      entry.setSize(yaml.length);
      entry.setModTime(0L);
      tar.putArchiveEntry(entry);
      tar.write(yaml);
      tar.closeArchiveEntry();
    }
    return out.toByteArray();
  }
}
