package dev.kurator.backup.test.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A key of a {@link Gate}, new each time.
 *
 * @param context for its server
 * @param certificate for the kubeconfigs of its clients: PEM in Base64
 */
record GateKeys(SSLContext context, String certificate) {

  private static final char[] PASSWORD = "gatekeeper".toCharArray();

  /** Makes one with the JDK's own program: the JDK has no public API for certificates. */
  static GateKeys make() throws IOException, GeneralSecurityException {
    Path file = Files.createTempDirectory("gate").resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "gate",
                "-keyalg",
                "EC",
                "-dname",
                "CN=gate",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!Files.exists(file)) {
      throw new IOException("keytool: " + said);
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return new GateKeys(context, pem(store.getCertificate("gate").getEncoded()));
  }

  private static String pem(byte[] certificate) {
    String pem =
        """
        -----BEGIN CERTIFICATE-----
        %s
        -----END CERTIFICATE-----
        """
            .formatted(Base64.getMimeEncoder().encodeToString(certificate));
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
  }
}
