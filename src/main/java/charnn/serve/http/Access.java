package charnn.serve.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Who is answered. A page of another site, open in a browser on this machine, can send requests
 * here: by its own name for this address (DNS rebinding), which {@code Host} tells, or across
 * sites, which {@code Origin} and {@code Sec-Fetch-Site} tell.
 *
 * @param host the name that the server was started with; null: it is reached from this machine only
 * @param token that clients must know; null: none
 */
public record Access(String host, String token) {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(?:\\.\\d{1,3}){3}|\\[::1\\]");
  private static final Pattern LITERAL =
      Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[0-9a-f:.%]+\\]");
  private static final Pattern PORT = Pattern.compile(":\\d{0,5}$");
  private static final String BEARER = "bearer ";

  /** What the paths of the interface begin with; the others are the page, which has no secrets. */
  public static final String INTERFACE = "/v1/";

  /** The headers of a request, by name. */
  interface Headers {
    List<String> all(String name);

    default String one(String name) {
      List<String> all = all(name);
      return all.isEmpty() ? null : all.get(0);
    }
  }

  /**
   * Checks a request.
   *
   * @throws ApiException if it is not to be answered
   */
  void check(String method, String path, Headers headers) throws ApiException {
    List<String> hosts = headers.all("Host");
    if (hosts.size() != 1) {
      throw ApiException.badRequest(null, "a request has one header Host, got " + hosts.size());
    }
    String at = hosts.get(0).toLowerCase(Locale.ROOT);
    if (!isKnown(PORT.matcher(at).replaceFirst(""))) {
      throw ApiException.forbidden(
          "host_not_allowed",
          "this server does not answer to the name that the request has in Host; use the address that it printed");
    }
    String origin = headers.one("Origin");
    if (origin != null && !origin.toLowerCase(Locale.ROOT).equals("http://" + at)) {
      throw crossSite();
    }
    String site = headers.one("Sec-Fetch-Site");
    boolean follows = // a link
        method.equals("GET")
            && !path.startsWith(INTERFACE)
            && "navigate".equals(headers.one("Sec-Fetch-Mode"))
            && "document".equals(headers.one("Sec-Fetch-Dest"));
    if (site != null && !site.equals("same-origin") && !site.equals("none") && !follows) {
      throw crossSite();
    }
    if (token != null && path.startsWith(INTERFACE) && !isToken(headers.one("Authorization"))) {
      throw ApiException.unauthorized();
    }
  }

  private static ApiException crossSite() {
    return ApiException.forbidden(
        "origin_not_allowed", "this server does not answer to pages of other sites");
  }

  private boolean isKnown(String name) {
    return LOOPBACK.matcher(name).matches()
        || host != null
            && (LITERAL.matcher(name).matches() || name.equals(host.toLowerCase(Locale.ROOT)));
  }

  private boolean isToken(String authorization) {
    if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      return false;
    }
    byte[] given =
        authorization.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(given, token.getBytes(StandardCharsets.UTF_8));
  }
}
