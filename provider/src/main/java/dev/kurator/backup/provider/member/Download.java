package dev.kurator.backup.provider.member;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Reads a file of an object store over a URL that a member's Velero signed. The URL is a credential
 * and never shows in what is said of a failure.
 */
public final class Download {

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  /** All members of a fleet may have something to explain in the same minute. */
  private static final Semaphore AT_ONCE = new Semaphore(8, true);

  private static final Duration TURN = Duration.ofMinutes(1);

  /** For all, since each has threads of its own. */
  private static final HttpClient CHECKING = client(false);

  private static final HttpClient TRUSTING = client(true);

  private Download() {}

  /** It did not work; the message fits a status. */
  public static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean passing;

    /**
     * It did not work.
     *
     * @param passing whether another try may go better
     */
    public Failed(String message, boolean passing) {
      super(message);
      this.passing = passing;
    }

    /** Whether another try may go better. */
    public boolean passing() {
      return passing;
    }
  }

  /** Makes something of a file. */
  @FunctionalInterface
  public interface Reading<T> {
    /** Fails where it is no such file. */
    T read(InputStream file) throws IOException;
  }

  /**
   * Reads the file behind the URL, within seconds.
   *
   * @param insecure whether any certificate is good enough, as the location says
   */
  public static <T> T read(String url, boolean insecure, Reading<T> reading)
      throws Failed, InterruptedException {
    return read(url, insecure, reading, ANSWER);
  }

  /**
   * The same with another limit.
   *
   * @param patience the longest that the header may take, and the body after it
   */
  static <T> T read(String url, boolean insecure, Reading<T> reading, Duration patience)
      throws Failed, InterruptedException {
    URI uri = checked(url);
    if (!AT_ONCE.tryAcquire(TURN.toSeconds(), TimeUnit.SECONDS)) {
      throw new Failed("too many files are fetched at once", true);
    }
    try {
      return fetched(uri, insecure ? TRUSTING : CHECKING, reading, patience);
    } catch (IOException e) {
      throw new Failed(why(uri.getHost(), e), true);
    } finally {
      AT_ONCE.release();
    }
  }

  private static <T> T fetched(URI uri, HttpClient client, Reading<T> reading, Duration patience)
      throws IOException, Failed, InterruptedException {
    AtomicBoolean late = new AtomicBoolean();
    HttpResponse<InputStream> response =
        client.send(
            HttpRequest.newBuilder(uri).timeout(patience).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      // the request's own time ends with the header
      var _ =
          CompletableFuture.runAsync(
              () -> {
                late.set(true);
                close(body);
              },
              CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS));
      if (response.statusCode() != 200) {
        throw new Failed(
            uri.getHost() + " answered with HTTP status " + response.statusCode(), true);
      }
      return made(body, reading);
    } catch (Failed e) {
      if (late.get()) {
        throw new HttpTimeoutException("the file took too long");
      }
      throw e;
    }
  }

  private static void close(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      // whoever reads it is told
    }
  }

  private static <T> T made(InputStream body, Reading<T> reading) throws Failed {
    try {
      return reading.read(body);
    } catch (IOException e) {
      throw new Failed("what it answered is not the file that Velero wrote", false);
    }
  }

  /** The URL comes from the member: it must not lead to the hub's own machines' metadata. */
  private static URI checked(String url) throws Failed {
    try {
      URI uri = URI.create(url);
      if (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme())) {
        throw new Failed("Velero gave no address that can be read", false);
      }
      for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
        if (address.isLinkLocalAddress() || address.isAnyLocalAddress()) {
          throw new Failed(uri.getHost() + " is no address of an object store", false);
        }
      }
      return uri;
    } catch (IllegalArgumentException e) {
      throw new Failed("Velero gave no address that can be read", false);
    } catch (UnknownHostException e) {
      throw new Failed("the hub does not know the host " + URI.create(url).getHost(), true);
    }
  }

  private static String why(String host, IOException e) {
    return switch (e) {
      case HttpTimeoutException timeout -> "no answer from " + host;
      case ConnectException refused -> "the hub cannot connect to " + host;
      case SSLException tls -> "the certificate of " + host + " is not trusted on the hub";
      default -> "the connection to " + host + " broke";
    };
  }

  private static HttpClient client(boolean insecure) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            // an object store has no reason to send us elsewhere
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1);
    if (insecure) {
      builder.sslContext(trustingAll());
    }
    return builder.build();
  }

  private static SSLContext trustingAll() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Anyone()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }

  /** As the location's insecureSkipTLSVerify asks for. */
  private static final class Anyone extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
