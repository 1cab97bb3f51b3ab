package charnn.data.web;

import charnn.data.CorpusException;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The proxies that the environment names, as curl reads it: {@code http_proxy}, {@code
 * https_proxy}, {@code all_proxy} and {@code no_proxy}, in small letters or capitals. Java's own
 * properties ({@code -Dhttps.proxyHost=...}) go before them.
 */
final class Proxies extends ProxySelector {
  private static final int PORT = 1080; // curl's default

  private final UnaryOperator<String> environment;
  private final UnaryOperator<String> properties;
  private final Map<String, Proxy> proxies = new HashMap<>(); // by scheme
  private final Map<String, PasswordAuthentication> passwords = new HashMap<>(); // by host:port

  /**
   * @param environment returns a variable; null if it is not set
   * @param properties likewise, of Java's properties
   * @throws CorpusException if a variable names no proxy that can be used
   */
  Proxies(UnaryOperator<String> environment, UnaryOperator<String> properties)
      throws CorpusException {
    this.environment = environment;
    this.properties = properties;
    for (String scheme : List.of("http", "https")) {
      for (String variable : List.of(scheme + "_proxy", "all_proxy")) {
        String value = variable(variable);
        if (!value.isEmpty() && !proxies.containsKey(scheme)) {
          proxies.put(scheme, proxy(variable, value));
        }
      }
    }
  }

  private String variable(String name) {
    String value = environment.apply(name);
    if (value == null) {
      value = environment.apply(name.toUpperCase(Locale.ROOT));
    }
    return value == null ? "" : value.strip();
  }

  private Proxy proxy(String variable, String value) throws CorpusException {
    URI uri;
    try {
      uri = URI.create(value.contains("://") ? value : "http://" + value);
    } catch (IllegalArgumentException e) {
      uri = null;
    }
    if (uri == null || uri.getHost() == null || !"http".equalsIgnoreCase(uri.getScheme())) {
      throw new CorpusException( // It may hold a password, and is not shown.
          variable + " must name a proxy such as http://proxy.example.org:8080");
    }
    int port = uri.getPort() < 0 ? PORT : uri.getPort();
    String host = uri.getHost().replaceAll("[\\[\\]]", "");
    if (uri.getRawUserInfo() != null) {
      String[] user = uri.getRawUserInfo().split(":", 2);
      passwords.put(
          key(host, port),
          new PasswordAuthentication(
              decoded(user[0]), (user.length < 2 ? "" : decoded(user[1])).toCharArray()));
    }
    return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String key(String host, int port) {
    return host.toLowerCase(Locale.ROOT) + ":" + port;
  }

  @Override
  public List<Proxy> select(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    if (properties.apply(scheme + ".proxyHost") != null) {
      return ProxySelector.getDefault().select(uri);
    }
    Proxy proxy = proxies.get(scheme);
    return List.of(proxy == null || isExcepted(uri) ? Proxy.NO_PROXY : proxy);
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException e) {
    // The request fails, and says so.
  }

  /** Returns whether no_proxy names the host, or a domain that it is in. */
  private boolean isExcepted(URI uri) {
    String host = uri.getHost().toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
    int port =
        uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    for (String each : variable("no_proxy").toLowerCase(Locale.ROOT).split("[,\\s]+")) {
      String name = each.replaceFirst("^\\*?\\.", "");
      if (name.endsWith(":" + port)) {
        name = name.substring(0, name.lastIndexOf(':'));
      }
      name = name.replaceAll("[\\[\\]]", "");
      if (each.equals("*") || !name.isEmpty() && (host.equals(name) || host.endsWith("." + name))) {
        return true;
      }
    }
    return false;
  }

  boolean hasPasswords() {
    return !passwords.isEmpty();
  }

  /** Returns what answers a proxy that asks for a password, and no other server. */
  Authenticator authenticator() {
    return new Authenticator() {
      @Override
      protected PasswordAuthentication getPasswordAuthentication() {
        return getRequestorType() == RequestorType.PROXY
            ? passwords.get(key(getRequestingHost(), getRequestingPort()))
            : null;
      }
    };
  }

  /** Returns the proxies of both schemes, for messages. */
  String describe(URI uri) {
    List<String> names = new ArrayList<>();
    for (Proxy proxy : select(uri)) {
      if (proxy.address() instanceof InetSocketAddress address) {
        names.add(key(address.getHostString(), address.getPort()));
      }
    }
    return names.isEmpty() ? "" : " through the proxy " + String.join(", ", names);
  }
}
