package charnn.serve.http;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request cannot be answered; the client is told why, as OpenAI's interface tells it. */
public final class ApiException extends Exception {
  private final int status;
  private final String type;
  private final String param; // null: none
  private final String code; // null: none
  private final transient Map<String, String> headers;

  private ApiException(
      int status,
      String type,
      String param,
      String code,
      String message,
      Map<String, String> headers) {
    super(message);
    this.status = status;
    this.type = type;
    this.param = param;
    this.code = code;
    this.headers = headers;
  }

  /**
   * The request itself is wrong.
   *
   * @param param the field of its body that is; null: none of them
   */
  public static ApiException badRequest(String param, String message) {
    return invalid(400, param, null, message, Map.of());
  }

  private static ApiException invalid(
      int status, String param, String code, String message, Map<String, String> headers) {
    return new ApiException(status, "invalid_request_error", param, code, message, headers);
  }

  /** The token is missing or wrong. */
  static ApiException unauthorized() {
    return new ApiException(
        401,
        "authentication_error",
        null,
        "invalid_api_key",
        "this server wants its token: Authorization: Bearer TOKEN, as it was printed at the start",
        Map.of("WWW-Authenticate", "Bearer"));
  }

  /** The request comes from where none is answered. */
  static ApiException forbidden(String code, String message) {
    return new ApiException(403, "permission_error", null, code, message, Map.of());
  }

  public static ApiException notFound(String param, String code, String message) {
    return invalid(404, param, code, message, Map.of());
  }

  /**
   * @param allowed methods, with commas
   */
  public static ApiException methodNotAllowed(String method, String allowed) {
    return invalid(
        405,
        null,
        "method_not_allowed",
        "there is no " + method + " here; use " + allowed,
        Map.of("Allow", allowed));
  }

  static ApiException tooLarge(int most) {
    return invalid(
        413, null, "request_too_large", "a request has at most " + most + " bytes", Map.of());
  }

  public static ApiException wrongType() {
    return invalid(
        415,
        null,
        "unsupported_media_type",
        "the body must be JSON, with Content-Type: application/json",
        Map.of());
  }

  /** What the decoder did not take. */
  static ApiException malformed(int status, String message) {
    return invalid(status, null, null, message, Map.of());
  }

  /** Too much is asked for at once. */
  public static ApiException busy(String message) {
    return new ApiException(
        429, "rate_limit_error", null, "queue_full", message, Map.of("Retry-After", "1"));
  }

  /** The request is right, but cannot be answered now. */
  public static ApiException unavailable(String code, String message) {
    return new ApiException(503, "server_error", null, code, message, Map.of());
  }

  /** A mistake of the program. */
  public static ApiException internal() {
    return new ApiException(
        500,
        "server_error",
        null,
        null,
        "internal error in charnn; the server has printed what happened",
        Map.of());
  }

  public int status() {
    return status;
  }

  public JsonObject json() {
    JsonObject error = new JsonObject();
    error.addProperty("message", getMessage());
    error.addProperty("type", type);
    error.add("param", param == null ? JsonNull.INSTANCE : new JsonPrimitive(param));
    error.add("code", code == null ? JsonNull.INSTANCE : new JsonPrimitive(code));
    JsonObject whole = new JsonObject();
    whole.add("error", error);
    return whole;
  }

  public Answer answer() {
    return Answer.json(status, json(), new LinkedHashMap<>(headers));
  }
}
