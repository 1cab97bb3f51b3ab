package charnn.data.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import charnn.data.CorpusException;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
  private static Map<String, String> variables(String assignments) {
    Map<String, String> variables = new HashMap<>();
    for (String assignment : assignments.split(" ")) {
      String[] parts = assignment.split("=", 2);
      variables.put(parts[0], parts[1]);
    }
    return variables;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http_proxy=http://p.org:3128 | http://a.org/ | p.org:3128",
        "http_proxy=http://p.org:3128 | https://a.org/ |",
        "HTTPS_PROXY=p.org:3128/ | https://a.org/ | p.org:3128",
        "https_proxy=http://q.org:1 HTTPS_PROXY=http://p.org:2 | https://a.org/ | q.org:1",
        "all_proxy=http://p.org http_proxy=http://q.org:8 | https://a.org/ | p.org:1080",
        "all_proxy=http://p.org http_proxy=http://q.org:8 | http://a.org/ | q.org:8",
        "http_proxy=http://[::1]:8 | http://a.org/ | ::1:8",
        "http_proxy=http://p.org:1 no_proxy=a.org | http://a.org/ |",
        "http_proxy=http://p.org:1 NO_PROXY=b.org,.A.org | http://www.a.org/ |",
        "http_proxy=http://p.org:1 no_proxy=a.org | http://aa.org/ | p.org:1",
        "http_proxy=http://p.org:1 no_proxy=a.org:80 | http://a.org/ |",
        "http_proxy=http://p.org:1 no_proxy=a.org:8080 | http://a.org/ | p.org:1",
        "http_proxy=http://p.org:1 no_proxy=* | http://a.org/ |",
        "http_proxy=http://p.org:1 no_proxy= | http://localhost/ | p.org:1",
      })
  void theEnvironmentNamesProxiesAndExceptions(String variables, String address, String proxy)
      throws IOException {
    Proxies proxies = new Proxies(variables(variables)::get, name -> null);
    assertThat(proxies.describe(URI.create(address)))
        .isEqualTo(proxy == null ? "" : " through the proxy " + proxy);
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://p.org:1", "https://p.org", "http://me:secret@", "a b"})
  void otherProxiesAreRefusedWithoutTheirPasswords(String value) {
    assertThatThrownBy(() -> new Proxies(Map.of("https_proxy", value)::get, name -> null))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("https_proxy must name a proxy such as http://proxy.example.org:8080")
        .hasMessageNotContaining("secret");
  }
}
