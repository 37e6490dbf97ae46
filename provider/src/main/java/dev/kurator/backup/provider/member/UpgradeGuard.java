package dev.kurator.backup.provider.member;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.DelegatingSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Ends a connection whose server refuses to make a web socket of it with more than a few words.
 * Vert.x collects that refusal in memory, whatever its size (WebSocketHandshakeInboundHandler).
 */
final class UpgradeGuard extends ChannelDuplexHandler {

  private static final int MOST_BYTES = 1 << 16;
  private static final String ACCEPTED = "HTTP/1.1 101";

  private final StringBuilder start = new StringBuilder();
  private long bytes;

  /** The same engine, with a guard on each connection. */
  static JdkSSLEngineOptions guarding(JdkSSLEngineOptions engine) {
    return new JdkSSLEngineOptions() {
      @Override
      public JdkSSLEngineOptions copy() {
        return this;
      }

      @Override
      public SslContextFactory sslContextFactory() {
        return () -> guarding(engine.sslContextFactory().create());
      }
    };
  }

  private static SslContext guarding(SslContext context) {
    return new DelegatingSslContext(context) {
      @Override
      protected void initEngine(javax.net.ssl.SSLEngine engine) {}

      @Override
      protected void initHandler(SslHandler handler) {
        handler.handshakeFuture().addListener((Future<Channel> done) -> add(handler, done));
      }
    };
  }

  private static void add(SslHandler handler, Future<Channel> done) {
    if (done.isSuccess()) {
      var pipeline = done.getNow().pipeline();
      pipeline.addAfter(pipeline.context(handler).name(), "upgrade-guard", new UpgradeGuard());
    }
  }

  /** The first that is sent tells what the connection is for. */
  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    if (message instanceof ByteBuf buffer
        && !buffer
            .toString(StandardCharsets.ISO_8859_1)
            .toLowerCase(Locale.ROOT)
            .contains("upgrade: websocket")) {
      context.pipeline().remove(this);
      var _ = context.write(message, promise);
      return;
    }
    super.write(context, message, promise);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof ByteBuf buffer) {
      bytes += buffer.readableBytes();
      int missing = Math.min(ACCEPTED.length() - start.length(), buffer.readableBytes());
      start.append(buffer.toString(buffer.readerIndex(), missing, StandardCharsets.ISO_8859_1));
      if (start.toString().equals(ACCEPTED)) {
        context.pipeline().remove(this);
      } else if (bytes > MOST_BYTES) {
        ReferenceCountUtil.release(message);
        var _ = context.close();
        return;
      }
    }
    context.fireChannelRead(message);
  }
}
