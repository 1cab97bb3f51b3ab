package charnn.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.cli.Cli;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The page of {@code report}, used in a browser; the text is hostile. */
class ReportBrowserTest {
  private static final String ATTACK =
      "</script></td><script>document.title='owned'</script><img src=\"http://127.0.0.1:9/x\""
          + " onerror='document.title=1'> \"quotes\" 'and' &amp; \u202Eturned\u202C \u2066\u200F"
          + " {style} ${x}";

  @TempDir private Path folder;

  private void charnn(String... args) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Cli.run(
            args,
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
  }

  private Path report() throws Exception {
    Path text =
        Files.writeString(
            folder.resolve("<img src=x onerror=alert(1)>\"'&.txt"),
            (ATTACK + "\n").repeat(20) + "x".repeat(1_000_000) + (ATTACK + "\n").repeat(20));
    String models = folder.resolve("models").toString();
    for (String name : List.of("one", "two")) {
      charnn(
          "train",
          "--corpus",
          text.toString(),
          "--validation",
          "0.002",
          "--name",
          name,
          "--models-dir",
          models,
          "--hidden",
          name.equals("one") ? "8" : "6",
          "--steps",
          "60",
          "--batch-size",
          "4",
          "--seq-length",
          "8",
          "--quiet");
    }
    Files.writeString(
        folder.resolve("models/one/samples.txt"),
        "=== step 61 ===\n" + ATTACK + "y".repeat(1_000_000) + "\n\n",
        StandardOpenOption.APPEND);
    Path page = folder.resolve("<b>'page'.html");
    charnn("report", "one", "two", "--models-dir", models, "--html", page.toString());
    return page;
  }

  private static String value(Browser browser, String chart, int series) {
    String values = "#" + chart + " .u-series:nth-child(" + series + ") .u-value";
    return browser.css(values).getText();
  }

  private static String zoom(Browser browser) {
    return String.valueOf(browser.run("return document.body.dataset.zoom"));
  }

  @Test
  void thePageIsUsedAndItsTextsAreText() throws Exception {
    try (Browser browser = Browser.open()) {
      Path page = report();
      browser.size(1280, 900);
      browser.open(page);
      browser.await("return Boolean(document.body.dataset.drawn)");
      long charts = (Long) browser.run("return document.querySelectorAll('.chart').length");
      assertThat(charts).isEqualTo(8);
      assertThat(browser.run("return document.querySelectorAll('.chart canvas').length"))
          .isEqualTo(charts);
      textsAreText(browser);
      curvesArePointedAt(browser);
      chartsAreZoomedTogether(browser);
      axesAreSwitched(browser);
      thePageFitsAPhone(browser);
      assertThat(browser.requests()).containsExactly(page.toUri().toString());
      assertThat(browser.errors()).isEmpty();
    }
  }

  private static void textsAreText(Browser browser) {
    assertThat(browser.run("return document.title")).isEqualTo("Training of 2 runs");
    assertThat(browser.run("return document.querySelectorAll('script').length")).isEqualTo(3L);
    assertThat(browser.run("return document.querySelectorAll('img').length")).isEqualTo(0L);
    assertThat(browser.css(".settings").getText()).contains("<img src=x onerror=alert(1)>\"'&.txt");
    String sample =
        (String)
            browser.run(
                "return [...document.querySelectorAll('td.text')].map(c => c.textContent).find(t =>"
                    + " t.startsWith('</script>'))");
    assertThat(sample)
        .startsWith("</script></td><script>document.title='owned'</script><img src=\"http")
        .contains("‹U+202E›turned‹U+202C›", "{style} ${x}")
        .hasSizeBetween(1900, 2200); // of a million characters
  }

  private static void curvesArePointedAt(Browser browser) {
    assertThat(value(browser, "loss", 2)).isIn("", "–");
    WebElement plot = browser.css("#loss .u-over");
    new Actions(browser.driver()).moveToElement(plot).perform();
    browser.await("return document.querySelector('#loss .u-value').textContent !== '–'");
    assertThat(value(browser, "loss", 1)).matches("\\d+(\\.\\d+)?");
    for (int series = 2; series <= 5; series++) {
      assertThat(Double.parseDouble(value(browser, "loss", series))).isBetween(0.01, 10.0);
    }
    // The others show the same step.
    assertThat(value(browser, "weights", 2)).matches("0\\.\\d+");
    WebElement root = browser.css("#gradient .uplot");
    root.sendKeys(Keys.ARROW_RIGHT);
    String first = value(browser, "gradient", 1);
    root.sendKeys(Keys.ARROW_RIGHT);
    assertThat(value(browser, "gradient", 1)).isNotEqualTo(first);
  }

  private static void chartsAreZoomedTogether(Browser browser) {
    Actions mouse = new Actions(browser.driver());
    WebElement plot = browser.css("#loss .u-over");
    mouse.moveToElement(plot, -200, 0).clickAndHold().moveByOffset(300, 10).release().perform();
    String[] range = zoom(browser).split(" ");
    assertThat(range).hasSize(2);
    double width = Double.parseDouble(range[1]) - Double.parseDouble(range[0]);
    assertThat(width).isBetween(10.0, 25.0); // of 60 steps, 300 of 1,150 pixels
    browser.css("[data-zoom=out]").click();
    String[] wider = zoom(browser).split(" ");
    assertThat(Double.parseDouble(wider[1]) - Double.parseDouble(wider[0]))
        .isCloseTo(2 * width, within(0.1));
    new Actions(browser.driver()).doubleClick(plot).perform();
    assertThat(zoom(browser)).isEmpty();
    WebElement root = browser.css("#loss .uplot");
    root.sendKeys("+");
    assertThat(zoom(browser)).contains(" ");
    root.sendKeys(Keys.ESCAPE);
    assertThat(zoom(browser)).isEmpty();
  }

  private static void axesAreSwitched(Browser browser) {
    String label = "return document.querySelector('#loss .u-label').textContent";
    assertThat(browser.run(label)).isEqualTo("step");
    browser.css("[name=over] [value=characters]").click();
    assertThat(browser.run(label)).isEqualTo("characters trained on");
    browser.css("[name=over] [value=seconds]").click();
    assertThat(browser.run(label)).isEqualTo("time");
    browser.css("[name=over] [value=step]").click();
    browser.css("[name=log]").click();
    browser.css("[data-log=loss]").click();
    WebElement root = browser.css("#loss .uplot");
    root.sendKeys(Keys.ARROW_RIGHT);
    double nats = Double.parseDouble(value(browser, "loss", 2));
    browser.css("[name=unit] [value=bits]").click();
    browser.css("#loss .uplot").sendKeys(Keys.ARROW_RIGHT);
    assertThat(Double.parseDouble(value(browser, "loss", 2)))
        .isCloseTo(nats / Math.log(2), within(0.002));
  }

  private static void thePageFitsAPhone(Browser browser) {
    browser.dark(true);
    browser.size(390, 800);
    browser.await("return document.querySelector('#loss .uplot').offsetWidth < 390");
    assertThat((Long) browser.run("return document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(390);
    assertThat(browser.run("return getComputedStyle(document.body).backgroundColor"))
        .isEqualTo("rgb(24, 24, 27)");
  }
}
