package dev.kurator.backup.provider.member;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A self-signed certificate for 127.0.0.1 and its key, as kubeconfigs hold them. */
record TestKeys(KeyStore store) {

  static final char[] PASSWORD = "changeit".toCharArray();

  /** Makes a new pair with the JDK's keytool; algorithm RSA or EC. */
  static TestKeys generate(String algorithm) throws IOException, GeneralSecurityException {
    Path file = Files.createTempDirectory("keys").resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "test",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=test",
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
    String output = new String(keytool.getInputStream().readAllBytes(), US_ASCII);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream content = Files.newInputStream(file)) {
      store.load(content, PASSWORD);
    } catch (IOException e) {
      throw new IOException(output, e);
    }
    return new TestKeys(store);
  }

  /** Value of {@code certificate-authority-data} or {@code client-certificate-data}. */
  String certificate() throws GeneralSecurityException {
    return data("CERTIFICATE", store.getCertificate("test").getEncoded());
  }

  /** Value of {@code client-key-data} in PKCS#8. */
  String pkcs8() throws GeneralSecurityException {
    return data("PRIVATE KEY", key().getEncoded());
  }

  /**
   * Value of {@code client-key-data} in the algorithm's own format, as k3s and kubeadm write it.
   */
  String traditional() throws GeneralSecurityException {
    byte[] pkcs8 = key().getEncoded();
    if (key() instanceof ECPrivateKey ec) {
      String number = HexFormat.of().formatHex(toLength(ec.getS().toByteArray(), 48));
      // SEQUENCE{1, OCTET STRING, [0] secp384r1}, which is keytool's curve
      return data(
          "EC PRIVATE KEY",
          HexFormat.of().parseHex("303e0201010430" + number + "a00706052b81040022"));
    }
    // SEQUENCE{0, algorithm, OCTET STRING}: the octets are PKCS#1
    return data("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, 26, pkcs8.length));
  }

  private Key key() throws GeneralSecurityException {
    return store.getKey("test", PASSWORD);
  }

  private static byte[] toLength(byte[] number, int length) {
    byte[] result = new byte[length];
    int from = Math.max(0, number.length - length);
    System.arraycopy(number, from, result, length - (number.length - from), number.length - from);
    return result;
  }

  private static String data(String type, byte[] der) {
    String pem =
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(
                type, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), type);
    return Base64.getEncoder().encodeToString(pem.getBytes(US_ASCII));
  }
}
