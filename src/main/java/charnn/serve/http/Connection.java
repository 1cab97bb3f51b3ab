package charnn.serve.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A client's connection: its requests are answered one after another. */
final class Connection extends SimpleChannelInboundHandler<FullHttpRequest> {
  /** Least time between two sets of events, so that many characters need not many packets. */
  private static final long EVENTS_NANOS = 20_000_000;

  private final Limits limits;
  private final Consumer<Exchange> handler;
  private ChannelHandlerContext context;
  private volatile Request current; // null: none; set by the connection's thread alone
  private long written; // writes that are done
  private boolean watched; // whether the client takes what is written
  private boolean closing; // after the request in progress

  Connection(Limits limits, Consumer<Exchange> handler) {
    this.limits = limits;
    this.handler = handler;
  }

  /** Returns the path of a request, decoded. */
  static String path(String uri) {
    try {
      return new QueryStringDecoder(uri, StandardCharsets.UTF_8).path();
    } catch (IllegalArgumentException e) {
      return ""; // Not what a browser sends.
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext read, FullHttpRequest request) {
    if (current != null) {
      context.close(); // It did not wait for the answer to the request before.
      return;
    }
    timer().received();
    current = new Request(request);
    handler.accept(current);
  }

  private RequestTimer timer() {
    return context.pipeline().get(RequestTimer.class);
  }

  @Override
  public void channelInactive(ChannelHandlerContext inactive) {
    leave();
    context.fireChannelInactive();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext changed) {
    if (current != null && current.source != null && context.channel().isWritable()) {
      current.drain();
    }
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext caught, Throwable cause) {
    context.close(); // The client broke the connection, or what it sends is no HTTP.
  }

  /** Tells the request in progress that nobody waits for its answer. */
  private void leave() {
    if (current != null) {
      current.leave();
      current = null;
    }
  }

  /** Ends the request in progress: an answer that has begun ends with an event. */
  void end(ApiException reason) {
    execute(
        () -> {
          closing = true;
          if (current == null) {
            context.close();
          } else {
            current.end(reason);
          }
        });
  }

  /** Has the connection's thread do something, unless the server has ended. */
  private void execute(Runnable work) {
    try {
      context.executor().execute(work);
    } catch (RejectedExecutionException e) {
      return; // Nobody is connected any more.
    }
  }

  /** Closes the connection if the client takes nothing for too long. */
  private void watch() {
    if (!watched) {
      watched = true;
      watch(pending(), written);
    }
  }

  private void watch(long before, long writtenBefore) {
    context
        .executor()
        .schedule(
            () -> {
              long now = pending();
              if (now == 0 || !context.channel().isActive()) {
                watched = false;
              } else if (now >= before && written == writtenBefore) {
                context.close();
              } else {
                watch(now, written);
              }
            },
            limits.stallMillis(),
            TimeUnit.MILLISECONDS);
  }

  private long pending() {
    ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }

  /** A request of this connection. */
  private final class Request implements Exchange {
    private final String method;
    private final String path;
    private final FullHttpRequest head; // its body is released
    private final byte[] body;
    private final boolean keepAlive;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final AtomicBoolean drains = new AtomicBoolean();
    private final List<Runnable> leaving = new ArrayList<>(); // guarded by it
    private boolean left; // guarded by leaving
    private EventSource source; // null: the answer is no stream
    private boolean ended; // all events are written
    private volatile long drained; // when, in nanoseconds; 0: never

    Request(FullHttpRequest request) {
      head = request;
      method = request.method().equals(HttpMethod.HEAD) ? "GET" : request.method().name();
      path = Connection.path(request.uri());
      body = ByteBufUtil.getBytes(request.content());
      keepAlive = HttpUtil.isKeepAlive(request);
    }

    @Override
    public String method() {
      return method;
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public String header(String name) {
      return head.headers().get(name, "");
    }

    @Override
    public byte[] body() {
      return body;
    }

    @Override
    public void answer(Answer answer) {
      if (answered.compareAndSet(false, true)) {
        execute(() -> write(answer));
      }
    }

    private void write(Answer answer) {
      if (current != this) {
        return; // The client has left.
      }
      ChannelFuture sent = context.writeAndFlush(Responses.of(answer, keepAlive));
      watch();
      sent.addListener(done -> finish());
    }

    private void finish() {
      written++;
      if (current == this) {
        current = null;
        if (keepAlive && isChunkable() && !closing) {
          timer().answered(context);
        } else {
          context.close();
        }
      }
    }

    private boolean isChunkable() {
      return source == null || head.protocolVersion().equals(HttpVersion.HTTP_1_1);
    }

    @Override
    public Runnable stream(EventSource events) {
      if (answered.compareAndSet(false, true)) {
        execute(
            () -> {
              if (current == this) {
                source = events;
                context.writeAndFlush(Responses.ofEvents(isChunkable(), keepAlive));
                drain();
              }
            });
      }
      return this::wake;
    }

    private void wake() {
      if (!drains.get() && drains.compareAndSet(false, true)) {
        long wait = drained + EVENTS_NANOS - System.nanoTime();
        if (drained == 0 || wait <= 0) {
          execute(this::drain);
        } else {
          execute(() -> context.executor().schedule(this::drain, wait, TimeUnit.NANOSECONDS));
        }
      }
    }

    /** Writes the events that there are, unless the client is behind: they wait, and join. */
    private void drain() {
      drains.set(false);
      if (current != this || source == null || ended || !context.channel().isWritable()) {
        return;
      }
      List<String> events = source.take();
      boolean done = source.isDone();
      if (done) {
        events = new ArrayList<>(events);
        events.addAll(source.take()); // What came in between.
      }
      drained = System.nanoTime();
      for (String event : events) {
        context
            .write(
                new DefaultHttpContent(
                    Unpooled.copiedBuffer("data: " + event + "\n\n", StandardCharsets.UTF_8)))
            .addListener(sent -> written++);
      }
      if (done) {
        ended = true;
        context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(sent -> finish());
      } else if (!events.isEmpty()) {
        context.flush();
      }
      watch();
    }

    @Override
    public void onLeave(Runnable leaves) {
      synchronized (leaving) {
        if (!left) {
          leaving.add(leaves);
          return;
        }
      }
      leaves.run();
    }

    void leave() {
      List<Runnable> all;
      synchronized (leaving) {
        left = true;
        all = List.copyOf(leaving);
        leaving.clear();
      }
      all.forEach(Runnable::run);
    }

    void end(ApiException reason) {
      if (source == null) {
        answer(reason.answer());
      } else if (!ended) {
        source = new Last(reason.json().toString());
        drain();
      }
      leave(); // Nothing more is computed for it.
    }
  }

  /** One event, and the end. */
  private static final class Last implements EventSource {
    private List<String> left;

    Last(String event) {
      left = List.of(event);
    }

    @Override
    public List<String> take() {
      List<String> taken = left;
      left = List.of();
      return taken;
    }

    @Override
    public boolean isDone() {
      return true;
    }
  }

  boolean isAnswering() {
    return current != null;
  }

  Channel channel() {
    return context.channel();
  }
}
