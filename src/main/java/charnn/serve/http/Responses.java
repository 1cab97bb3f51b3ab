package charnn.serve.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** Answers as Netty sends them. */
final class Responses {
  private Responses() {}

  static FullHttpResponse of(Answer answer, boolean keepAlive) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            Unpooled.wrappedBuffer(answer.body()));
    HttpHeaders headers = response.headers();
    headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    answer.headers().forEach(headers::set);
    if (!answer.contentType().isEmpty()) {
      headers.set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
    }
    headers.set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
    secure(headers, keepAlive);
    return response;
  }

  /**
   * Returns the head of a stream of events.
   *
   * @param chunked whether the client knows chunks; without them, the end of the connection is that
   *     of the stream
   */
  static HttpResponse ofEvents(boolean chunked, boolean keepAlive) {
    HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    HttpHeaders headers = response.headers();
    headers.set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8");
    headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    if (chunked) {
      headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
    secure(headers, keepAlive && chunked);
    return response;
  }

  private static void secure(HttpHeaders headers, boolean keepAlive) {
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set(
        HttpHeaderNames.CONNECTION,
        keepAlive ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
  }
}
