package charnn.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whether what the pages show can be read, in light colours and in dark ones: WCAG 2.2, level AA.
 */
class ContrastTest {
  private static final Pattern COLOURS = Pattern.compile(":root \\{(.*?)\\}", Pattern.DOTALL);
  private static final Pattern COLOUR = Pattern.compile("--([\\w-]+): #([0-9a-f]{3,6})");

  /** Returns the colours of a style sheet: the light ones, then the dark ones. */
  private static List<Map<String, String>> colours(String sheet) throws IOException {
    String css;
    try (InputStream in = ContrastTest.class.getResourceAsStream(sheet)) {
      css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<Map<String, String>> all = new ArrayList<>();
    for (Matcher block = COLOURS.matcher(css); block.find(); ) {
      Map<String, String> colours = new HashMap<>();
      for (Matcher one = COLOUR.matcher(block.group(1)); one.find(); ) {
        colours.put(one.group(1), one.group(2));
      }
      all.add(colours);
    }
    assertThat(all).hasSize(2);
    return all;
  }

  private static double luminance(String hex) {
    String six = hex.length() == 3 ? hex.replaceAll("(.)", "$1$1") : hex;
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double c = Integer.parseInt(six.substring(2 * i, 2 * i + 2), 16) / 255.0;
      sum += weights[i] * (c <= 0.03928 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
  }

  private static double contrast(String one, String other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  @ParameterizedTest
  @CsvSource({
    "/charnn/serve/page/page.css, ink soft ghost accent bad curve-b, back paper, 4.5",
    "/charnn/serve/page/page.css, ink, s1 s2 s3, 4.5",
    "/charnn/serve/page/page.css, on-accent, accent, 4.5",
    "/charnn/serve/page/page.css, edge, back paper, 3",
    "/charnn/report/page.css, ink faint, page panel differs, 4.5",
    "/charnn/report/page.css, c0 c1 c2 c3 c4 c5 c6 c7, page, 4.5",
    "/charnn/report/page.css, mark, page, 3",
  })
  void coloursStandOut(String sheet, String fore, String back, double least) throws IOException {
    for (Map<String, String> colours : colours(sheet)) {
      for (String one : fore.split(" ")) {
        for (String other : back.split(" ")) {
          assertThat(contrast(colours.get(one), colours.get(other)))
              .as("%s on %s", one, other)
              .isGreaterThanOrEqualTo(least);
        }
      }
    }
  }
}
