package dev.kurator.backup.function.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys and certificates in PEM files. Crossplane writes PKCS#1 keys, which Netty does not read. */
final class PemFiles {

  /** An encrypted key has another name, or headers before its Base64. */
  private static final Pattern KEY =
      Pattern.compile(
          "-----BEGIN (RSA |EC |)PRIVATE KEY-----([A-Za-z0-9+/=\\s]*)-----END \\1PRIVATE KEY-----");

  private PemFiles() {}

  static PrivateKey key(Path file) throws IOException {
    Matcher block = KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    if (!block.find()) {
      throw new IOException(file + " holds no unencrypted private key");
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(block.group(2));
      return key(
          switch (block.group(1)) {
            case "RSA " -> Pkcs8.ofRsa(der);
            case "EC " -> Pkcs8.ofEc(der);
            default -> der;
          });
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(file + " holds no readable private key: " + e.getMessage(), e);
    }
  }

  /** Each algorithm refuses the keys of the others. */
  private static PrivateKey key(byte[] pkcs8) throws GeneralSecurityException {
    InvalidKeySpecException refused =
        new InvalidKeySpecException("neither an RSA nor an EC nor an EdDSA key");
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (InvalidKeySpecException e) {
        refused.addSuppressed(e);
      }
    }
    throw refused;
  }

  static List<X509Certificate> certificates(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      List<X509Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(stream).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (certificates.isEmpty()) {
        throw new IOException(file + " holds no certificate");
      }
      return certificates;
    } catch (CertificateException e) {
      throw new IOException(file + " holds no readable certificate: " + e.getMessage(), e);
    }
  }
}
