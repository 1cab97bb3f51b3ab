package charnn.serve.http;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Closes a connection whose request does not come, or comes too slowly. */
final class RequestTimer extends ChannelInboundHandlerAdapter {
  /** How long what a refused client still sends is read and dropped, so that it sees why. */
  private static final long LINGER_MILLIS = 1_000;

  private enum State {
    /** Nothing has come of a next request. */
    IDLE,
    RECEIVING,
    ANSWERING,
    /** The answer was the last. */
    CLOSING
  }

  private final Limits limits;
  private State state = State.RECEIVING;
  private ScheduledFuture<?> end; // null: none

  RequestTimer(Limits limits) {
    this.limits = limits;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    endAfter(context, limits.receiveMillis());
    context.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    cancel();
    context.fireChannelInactive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (state == State.CLOSING) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (state == State.IDLE) {
      state = State.RECEIVING;
      endAfter(context, limits.receiveMillis());
    }
    context.fireChannelRead(message);
  }

  /** The whole request is here. */
  void received() {
    if (state == State.RECEIVING) {
      state = State.ANSWERING;
      cancel();
    }
  }

  /** The answer is sent. */
  void answered(ChannelHandlerContext context) {
    if (state == State.ANSWERING) {
      state = State.IDLE;
      endAfter(context, limits.idleMillis());
    }
  }

  /** Closes the connection after an answer, when the client has had time to read it. */
  void closeAfter(ChannelHandlerContext context, ChannelFuture answer) {
    state = State.CLOSING;
    endAfter(context, LINGER_MILLIS);
    answer.addListener(
        sent -> {
          if (context.channel() instanceof SocketChannel socket && socket.isActive()) {
            socket.shutdownOutput();
          }
        });
  }

  private void endAfter(ChannelHandlerContext context, long millis) {
    cancel();
    end = context.executor().schedule(() -> context.close(), millis, TimeUnit.MILLISECONDS);
  }

  private void cancel() {
    if (end != null) {
      end.cancel(false);
      end = null;
    }
  }
}
