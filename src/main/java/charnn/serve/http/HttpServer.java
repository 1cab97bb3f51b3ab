package charnn.serve.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A server of HTTP/1.1. */
public final class HttpServer {
  /** The system's own buffer for each client; by itself it grows to megabytes. */
  private static final int SEND_BYTES = 1 << 18;

  private static final WriteBufferWaterMark WRITABLE = new WriteBufferWaterMark(1 << 15, 1 << 16);
  private static final String FULL =
      "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("charnn-http", true), NioIoHandler.newFactory());
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Channel listening;

  private HttpServer(
      InetSocketAddress address, Limits limits, Access access, Consumer<Exchange> handler)
      throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_SNDBUF, SEND_BYTES)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITABLE)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    open(channel, limits, access, handler);
                  }
                });
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      loops.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
      throw bound.cause() instanceof IOException io ? io : new IOException(bound.cause());
    }
    listening = bound.channel();
  }

  /**
   * Starts a server.
   *
   * @param address to listen at; port 0: any that is free
   * @param handler of requests, which may not block
   * @throws IOException if it cannot listen there
   */
  public static HttpServer start(
      InetSocketAddress address, Limits limits, Access access, Consumer<Exchange> handler)
      throws IOException {
    return new HttpServer(address, limits, access, handler);
  }

  private void open(
      SocketChannel channel, Limits limits, Access access, Consumer<Exchange> handler) {
    if (connections.size() >= limits.connections()) {
      channel
          .writeAndFlush(Unpooled.copiedBuffer(FULL, StandardCharsets.US_ASCII))
          .addListener(ChannelFutureListener.CLOSE);
      return;
    }
    Connection connection = new Connection(limits, handler);
    connections.add(connection);
    channel.closeFuture().addListener(closed -> connections.remove(connection));
    channel
        .pipeline()
        .addLast(
            new RequestTimer(limits),
            new HttpServerCodec(
                new HttpDecoderConfig()
                    .setMaxInitialLineLength(limits.headBytes())
                    .setMaxHeaderSize(limits.headBytes())),
            new Gatekeeper(access),
            new BodyCollector(limits.bodyBytes()),
            connection);
  }

  /** Returns the port that it listens at. */
  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /** Returns whether there is a request whose answer is not sent yet. */
  public boolean isAnswering() {
    return connections.stream().anyMatch(Connection::isAnswering);
  }

  /** Accepts no more connections. */
  public void stopListening() {
    listening.close().awaitUninterruptibly();
  }

  /**
   * Ends: requests that are still answered end with a reason.
   *
   * @param millis for the last bytes to be sent
   */
  public void stop(ApiException reason, long millis) {
    stopListening();
    connections.forEach(connection -> connection.end(reason));
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (Connection connection : connections) {
      connection
          .channel()
          .closeFuture()
          .awaitUninterruptibly(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    }
    loops.shutdownGracefully(0, millis, TimeUnit.MILLISECONDS);
  }
}
