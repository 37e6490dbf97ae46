package dev.kurator.backup.provider.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DownloadTest {

  private static final int LIMIT = 8;

  private HttpServer server;
  private String url;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    url = "http://127.0.0.1:" + server.getAddress().getPort() + "/results?signature=pl4nted";
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void noMoreThanAFewFilesAreFetchedAtOnce() throws Exception {
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch oneMore = new CountDownLatch(LIMIT + 1);
    server.createContext(
        "/",
        exchange -> {
          most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
          oneMore.countDown();
          try {
            // a second for one too many to come
            boolean tooMany = oneMore.await(1, TimeUnit.SECONDS);
            assertThat(tooMany || most.get() <= LIMIT).isTrue();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          underWay.decrementAndGet();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    List<Future<Integer>> fetched = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 3 * LIMIT; i++) {
        fetched.add(callers.submit(() -> Download.read(url, false, InputStream::available)));
      }
    }
    for (Future<Integer> one : fetched) {
      assertThat(one.get()).isZero();
    }
    assertThat(most).hasValueLessThanOrEqualTo(LIMIT);
  }

  @Test
  void aFileThatComesByteByByteIsGivenUp() {
    CountDownLatch never = new CountDownLatch(1);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try {
            while (!never.await(50, TimeUnit.MILLISECONDS)) {
              exchange.getResponseBody().write(1);
              exchange.getResponseBody().flush();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
    assertThatThrownBy(
            () -> Download.read(url, false, InputStream::readAllBytes, Duration.ofSeconds(1)))
        .isInstanceOf(Download.Failed.class)
        .hasMessage("no answer from 127.0.0.1");
  }
}
