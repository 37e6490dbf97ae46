package dev.kurator.backup.packaging;

import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.blob.Blob;
import com.google.cloud.tools.jib.blob.Blobs;
import java.io.IOException;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One compressed layer, or any other blob of a registry.
 *
 * @param digest of the compressed bytes
 * @param size of the compressed bytes
 * @param content the compressed bytes
 */
record Layer(DescriptorDigest digest, long size, Blob content) {

  /** A layer held in memory. */
  static Layer of(byte[] compressed) {
    return new Layer(
        sha256(compressed),
        compressed.length,
        Blobs.from(out -> out.write(compressed), /* retryable= */ true));
  }

  /** The whole content. */
  byte[] bytes() throws IOException {
    return Blobs.writeToByteArray(content);
  }

  /** SHA-256 in the form that image manifests use. */
  static DescriptorDigest sha256(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return DescriptorDigest.fromHash(HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException | DigestException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
