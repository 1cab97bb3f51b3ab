package charnn.serve.http;

import com.google.gson.JsonElement;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An answer to a request, as a whole.
 *
 * @param headers beside its type, its length and those that every answer has
 */
public record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
  public static Answer json(int status, JsonElement body) {
    return json(status, body, Map.of());
  }

  static Answer json(int status, JsonElement body, Map<String, String> headers) {
    return new Answer(
        status,
        "application/json; charset=utf-8",
        body.toString().getBytes(StandardCharsets.UTF_8),
        headers);
  }
}
