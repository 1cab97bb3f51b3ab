package charnn.serve.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;

/** Collects the bodies of requests, as far as they may be long. */
final class BodyCollector extends HttpObjectAggregator {
  BodyCollector(int most) {
    super(most);
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
    RequestTimer timer = context.pipeline().get(RequestTimer.class);
    Answer answer = ApiException.tooLarge(maxContentLength()).answer();
    timer.closeAfter(context, context.writeAndFlush(Responses.of(answer, false)));
  }
}
