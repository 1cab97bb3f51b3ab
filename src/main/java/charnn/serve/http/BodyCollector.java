package charnn.serve.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;

/** Collects the bodies of requests, as far as they may be long. */
final class BodyCollector extends HttpObjectAggregator {
  BodyCollector(int most) {
    super(most, true);
  }

  /** Answers "Expect: 100-continue"; what is refused is refused as elsewhere. */
  @Override
  protected Object newContinueResponse(HttpMessage start, int most, ChannelPipeline pipeline) {
    Object answer = super.newContinueResponse(start, most, pipeline);
    if (!(answer instanceof FullHttpResponse response) || response.status().code() < 400) {
      return answer;
    }
    response.release();
    ApiException reason =
        response.status().code() == 413
            ? ApiException.tooLarge(most)
            : ApiException.malformed(417, "this server knows no Expect but 100-continue");
    return Responses.of(reason.answer(), false);
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
    RequestTimer timer = context.pipeline().get(RequestTimer.class);
    Answer answer = ApiException.tooLarge(maxContentLength()).answer();
    timer.closeAfter(context, context.writeAndFlush(Responses.of(answer, false)));
  }
}
