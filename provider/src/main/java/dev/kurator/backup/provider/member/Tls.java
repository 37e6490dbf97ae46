package dev.kurator.backup.provider.member;

import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whom we trust and who we are towards one member. Not through the client's own configuration,
 * which adds the public authorities to the given one.
 */
@SuppressWarnings("ArrayRecordComponent") // as JSSE wants them; never compared
record Tls(KeyManager @Nullable [] keys, TrustManager[] trust) {

  private static final String PASSPHRASE = "in-memory";

  static Tls of(Kubeconfig.Usable config) {
    return new Tls(keys(config), trust(config));
  }

  private static KeyManager @Nullable [] keys(Kubeconfig.Usable config) {
    String certificate = config.clientCertData();
    String key = config.clientKeyData();
    if (certificate == null || key == null) {
      return null;
    }
    // a PKCS#8 file does not say which of the two it holds
    for (String algorithm : new String[] {"RSA", "EC"}) {
      try {
        return SSLUtils.keyManagers(
            certificate, null, key, null, algorithm, PASSPHRASE, null, null);
      } catch (GeneralSecurityException | IOException | RuntimeException e) {
        // not of this algorithm; the message may quote the key, so it goes no further
      }
    }
    throw new Unfit(
        "the kubeconfig's client-certificate-data and client-key-data are not a certificate and its"
            + " RSA or EC key, PEM in base64; copy them again");
  }

  private static TrustManager[] trust(Kubeconfig.Usable config) {
    try {
      String ca = config.caData();
      if (config.insecureSkipVerify() || ca == null) {
        return SSLUtils.trustManagers(null, null, config.insecureSkipVerify(), null, null);
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(Base64.getMimeDecoder().decode(ca)))) {
        store.setCertificateEntry("ca" + store.size(), certificate);
      }
      if (store.size() == 0) {
        throw new GeneralSecurityException("no certificate");
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      throw new Unfit(
          "the kubeconfig's certificate-authority-data is not a certificate, PEM in base64; copy it"
              + " again");
    }
  }
}
