package charnn.browser;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.data.Direction;
import charnn.engine.reference.ReferenceEngine;
import charnn.eval.Evaluator;
import charnn.eval.TextScorer;
import charnn.model.Models;
import charnn.predict.SingleModel;
import charnn.report.SurprisePage;
import charnn.util.ThreadTeam;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page of {@code score}, in a browser. */
class SurprisePageBrowserTest {
  private static final String TEXT = "</pre><script>alert('&quot;')</script>\n";

  @TempDir private Path folder;

  @Test
  void arrowKeysShowTheSurpriseOfEachCharacter() throws Exception {
    Path file = folder.resolve("<b>.html");
    try (Browser browser = Browser.open();
        ThreadTeam workers = new ThreadTeam(1)) {
      ReferenceEngine engine = new ReferenceEngine(workers);
      Files.writeString(
          file,
          SurprisePage.of(
              "<i>",
              List.of(
                  new SurprisePage.Text(
                      "<i>",
                      new TextScorer(
                              new Evaluator(engine, workers),
                              new SingleModel(engine, Models.random(TEXT, 4, 1)),
                              Direction.FORWARD)
                          .scoreCharacters(TEXT, SurprisePage.MOST, done -> {})))));
      browser.open(file);
      assertThat(browser.css("pre").getText()).contains("</pre><script>alert('&quot;')</script>");
      browser.css("pre").sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
      assertThat(browser.css("i.on").getText()).isEqualTo("p");
      assertThat(
              (String)
                  browser.run(
                      "return getComputedStyle(arguments[0], '::after').content",
                      browser.css("i.on")))
          .contains("bits");
      assertThat(browser.requests()).containsExactly(file.toUri().toString());
      assertThat(browser.errors()).isEmpty();
    }
  }
}
