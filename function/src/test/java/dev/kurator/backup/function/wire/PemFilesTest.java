package dev.kurator.backup.function.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PemFilesTest {

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({"RSA,1024", "RSA,2048", "RSA,4096", "EC,256", "EC,384", "EC,521", "Ed25519,255"})
  void readsKeysOfEveryAlgorithm(String algorithm, int size) throws Exception {
    KeyPair keys = keys(algorithm, size);

    assertThat(PemFiles.key(write(new JcaPKCS8Generator(keys.getPrivate(), null))))
        .isEqualTo(keys.getPrivate());
  }

  /** What Crossplane writes. */
  @ParameterizedTest
  @CsvSource({"1024", "2048", "4096"})
  void readsRsaKeysInTheirOwnEncoding(int size) throws Exception {
    KeyPair keys = keys("RSA", size);
    Path file = write(keys);

    assertThat(Files.readString(file)).startsWith("-----BEGIN RSA PRIVATE KEY-----");
    assertThat(PemFiles.key(file)).isEqualTo(keys.getPrivate());
  }

  /** What {@code openssl ecparam -genkey} writes: the curve first, then the key. */
  @ParameterizedTest
  @CsvSource({"256", "384", "521"})
  void readsEllipticKeysInTheirOwnEncoding(int size) throws Exception {
    KeyPair keys = keys("EC", size);
    Object curve =
        PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded())
            .getPrivateKeyAlgorithm()
            .getParameters();
    BigInteger secret = secret(keys.getPrivate());
    ECPrivateKey key = new ECPrivateKey(size, secret, (ASN1ObjectIdentifier) curve);
    Path file = write(new PemObject("EC PRIVATE KEY", key.getEncoded()));
    Files.writeString(
        file,
        "-----BEGIN EC PARAMETERS-----\nBgg=\n-----END EC PARAMETERS-----\n"
            + Files.readString(file));

    assertThat(secret(PemFiles.key(file))).isEqualTo(secret);
  }

  @ParameterizedTest
  @CsvSource({"'ENCRYPTED ',''", "'RSA ','Proc-Type: 4,ENCRYPTED'"})
  void refusesAnEncryptedKey(String kind, String header) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("tls.key"),
            "-----BEGIN %1$sPRIVATE KEY-----%n%2$s%nAAAA%n-----END %1$sPRIVATE KEY-----%n"
                .formatted(kind, header));

    assertThatThrownBy(() -> PemFiles.key(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds no unencrypted private key");
  }

  @ParameterizedTest
  @CsvSource({"'RSA ',AAAA", "'EC ',MAA=", "'EC ',MIT/////", "'',MAMCAQA=", "'',===", "'EC ',''"})
  void saysThatAKeyCannotBeRead(String kind, String base64) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("tls.key"),
            "-----BEGIN %1$sPRIVATE KEY-----%n%2$s%n-----END %1$sPRIVATE KEY-----%n"
                .formatted(kind, base64));

    assertThatThrownBy(() -> PemFiles.key(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tls.key holds no readable private key");
  }

  private static BigInteger secret(PrivateKey key) {
    return ((java.security.interfaces.ECPrivateKey) key).getS();
  }

  private Path write(Object object) throws IOException {
    Path file = folder.resolve("tls.key");
    try (Writer writer = Files.newBufferedWriter(file);
        JcaPEMWriter pem = new JcaPEMWriter(writer)) {
      pem.writeObject(object);
    }
    return file;
  }

  private static KeyPair keys(String algorithm, int size) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(size);
    return generator.generateKeyPair();
  }
}
