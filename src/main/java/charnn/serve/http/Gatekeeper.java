package charnn.serve.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;

/** Refuses requests by their heads, before a body is kept. */
final class Gatekeeper extends ChannelInboundHandlerAdapter {
  private final Access access;
  private boolean refused;

  Gatekeeper(Access access) {
    this.access = access;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (refused) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpRequest request) {
      try {
        requireReadable(request);
        access.check(
            request.method().name(),
            Connection.path(request.uri()),
            name -> request.headers().getAll(name));
      } catch (ApiException e) {
        refused = true;
        ReferenceCountUtil.release(message);
        RequestTimer timer = context.pipeline().get(RequestTimer.class);
        timer.closeAfter(context, context.writeAndFlush(Responses.of(e.answer(), false)));
        return;
      }
    }
    context.fireChannelRead(message);
  }

  private static void requireReadable(HttpRequest request) throws ApiException {
    DecoderResult result = request.decoderResult();
    if (result.isFailure()) {
      boolean line = result.cause() instanceof TooLongHttpLineException;
      boolean header = result.cause() instanceof TooLongHttpHeaderException;
      throw line
          ? ApiException.malformed(414, "the address of the request is too long")
          : header
              ? ApiException.malformed(431, "the headers of the request are too long")
              : ApiException.malformed(400, "this is no request of HTTP/1.1");
    }
    HttpVersion version = request.protocolVersion();
    if (version.majorVersion() != 1) {
      throw ApiException.malformed(505, "this server speaks HTTP/1.1");
    }
  }
}
