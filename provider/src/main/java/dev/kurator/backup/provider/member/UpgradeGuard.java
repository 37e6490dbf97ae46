package dev.kurator.backup.provider.member;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.DelegatingSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection whose server refuses to make a web socket of it with more than a few words, or
 * takes too long. Vert.x collects that refusal in memory, whatever its size
 * (WebSocketHandshakeInboundHandler), and waits for its end.
 */
final class UpgradeGuard extends ChannelDuplexHandler {

  private static final int MOST_BYTES = 1 << 16;
  private static final String ACCEPTED = "HTTP/1.1 101";

  private final Duration timeout;
  private final StringBuilder start = new StringBuilder();
  private @Nullable Future<?> deadline;
  private boolean done;
  private long bytes;

  private UpgradeGuard(Duration timeout) {
    this.timeout = timeout;
  }

  /**
   * The same engine, with a guard on each connection.
   *
   * @param timeout from the request for a web socket to the server's consent
   */
  static JdkSSLEngineOptions guarding(JdkSSLEngineOptions engine, Duration timeout) {
    return new JdkSSLEngineOptions() {
      @Override
      public JdkSSLEngineOptions copy() {
        return this;
      }

      @Override
      public SslContextFactory sslContextFactory() {
        return () -> guarding(engine.sslContextFactory().create(), timeout);
      }
    };
  }

  private static SslContext guarding(SslContext context, Duration timeout) {
    return new DelegatingSslContext(context) {
      @Override
      protected void initEngine(javax.net.ssl.SSLEngine engine) {}

      @Override
      protected void initHandler(SslHandler handler) {
        handler
            .handshakeFuture()
            .addListener(
                (Future<Channel> shaken) -> {
                  if (shaken.isSuccess()) {
                    add(shaken.getNow().pipeline(), timeout);
                  }
                });
      }
    };
  }

  private static void add(ChannelPipeline pipeline, Duration timeout) {
    ChannelHandlerContext tls = pipeline.context(SslHandler.class);
    if (tls != null) {
      pipeline.addAfter(tls.name(), "upgrade-guard", new UpgradeGuard(timeout));
    }
  }

  /**
   * Vert.x takes every handler but that of TLS out of a new connection before it uses it for HTTP
   * (HttpChannelConnector), so the guard comes back until it has done its work.
   */
  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (deadline != null) {
      deadline.cancel(false);
    }
    if (!done && context.channel().isActive()) {
      add(context.pipeline(), timeout);
    }
  }

  /** The first that is sent tells what the connection is for. */
  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    if (deadline == null && message instanceof ByteBuf buffer) {
      if (!isUpgrade(buffer)) {
        leave(context);
        var _ = context.write(message, promise);
        return;
      }
      deadline =
          context
              .executor()
              .schedule(
                  () -> {
                    var _ = context.close();
                  },
                  timeout.toMillis(),
                  TimeUnit.MILLISECONDS);
    }
    super.write(context, message, promise);
  }

  private static boolean isUpgrade(ByteBuf request) {
    return request
        .toString(StandardCharsets.ISO_8859_1)
        .toLowerCase(Locale.ROOT)
        .contains("upgrade: websocket");
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof ByteBuf buffer) {
      bytes += buffer.readableBytes();
      int missing = Math.min(ACCEPTED.length() - start.length(), buffer.readableBytes());
      start.append(buffer.toString(buffer.readerIndex(), missing, StandardCharsets.ISO_8859_1));
      if (start.toString().equals(ACCEPTED)) {
        leave(context);
      } else if (bytes > MOST_BYTES) {
        ReferenceCountUtil.release(message);
        var _ = context.close();
        return;
      }
    }
    context.fireChannelRead(message);
  }

  private void leave(ChannelHandlerContext context) {
    done = true;
    context.pipeline().remove(this);
  }
}
