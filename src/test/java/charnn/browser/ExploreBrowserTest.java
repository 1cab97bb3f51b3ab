package charnn.browser;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.cli.Cli;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The page of {@code explore}, used in a browser; the text is hostile. */
class ExploreBrowserTest {
  private static final String ATTACK =
      "</script></i><script>document.title='owned'</script><img src=\"http://127.0.0.1:9/x\""
          + " onerror='document.title=1'> “quotes” &amp; \u202Eturned\u202C \u2066\u200F {style}\n";

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

  private Path page() throws Exception {
    Path text =
        Files.writeString(folder.resolve("<img src=x onerror=alert(1)>'&.txt"), ATTACK.repeat(20));
    String models = folder.resolve("models").toString();
    charnn(
        "train",
        "--corpus",
        text.toString(),
        "--name",
        "run",
        "--models-dir",
        models,
        "--hidden",
        "12",
        "--layers",
        "2",
        "--steps",
        "60",
        "--batch-size",
        "4",
        "--seq-length",
        "16",
        "--quiet");
    Path page = folder.resolve("<b>'page'.html");
    charnn("explore", text.toString(), "--models-dir", models, "--html", page.toString());
    return page;
  }

  private static String data(Browser browser, String name) {
    return String.valueOf(browser.run("return document.body.dataset[arguments[0]] ?? ''", name));
  }

  @Test
  void thePageIsUsedAndItsTextsAreText() throws Exception {
    try (Browser browser = Browser.open()) {
      Path page = page();
      browser.size(1280, 900);
      browser.open(page);
      browser.await("return document.body.dataset.drawn === 'yes'");
      textsAreText(browser);
      cellsAreChosen(browser);
      charactersAreReadByMouseAndKeys(browser);
      aRangeIsMarkedByKeysAndMouse(browser);
      predictionsAreTracedBack(browser);
      thePageFitsAPhone(browser);
      assertThat(browser.requests()).containsExactly(page.toUri().toString());
      assertThat(browser.errors()).isEmpty();
    }
  }

  private static void textsAreText(Browser browser) {
    assertThat(browser.run("return document.title")).isEqualTo("What the cells of run know");
    assertThat(browser.run("return document.querySelectorAll('script').length")).isEqualTo(2L);
    assertThat(browser.run("return document.querySelectorAll('img').length")).isEqualTo(0L);
    assertThat(browser.css("main > p").getText()).contains("of <img src=x onerror=alert(1)>'&.txt");
    String shown =
        (String)
            browser.run(
                "return [...document.querySelectorAll('#text i > b')].map(b => b.textContent).join('')");
    assertThat(shown)
        .startsWith("</script></i><script>document.title='owned'</script><img src=\"http")
        .contains("‹U+202E›turned‹U+202C›", "{style}⏎");
  }

  private static void cellsAreChosen(Browser browser) {
    WebElement unit = browser.css("input[name=unit]");
    unit.sendKeys(Keys.chord(Keys.CONTROL, "a"), "3", Keys.TAB);
    browser.css("select[name=layer] option[value='2']").click();
    browser.await("return document.body.dataset.cell === '2:3'");
    Object colour = colourOfFirst(browser);
    browser.css("[data-step='1']").click();
    assertThat(data(browser, "cell")).isEqualTo("2:4");
    assertThat(browser.css("#about").getText()).startsWith("Cell 2:4");
    assertThat(colourOfFirst(browser)).isNotEqualTo(colour);
    Object known = browser.run("return document.querySelectorAll('.knowledge button.cell').length");
    if ((Long) known > 0) {
      WebElement cell = browser.css(".knowledge button.cell");
      cell.click();
      assertThat(data(browser, "cell")).isEqualTo(cell.getAttribute("data-cell"));
      assertThat(browser.css("#about").getText()).contains("knows: ", "charnn sample --clamp");
    }
    browser.run("document.querySelector('#view').scrollIntoView()");
  }

  private static Object colourOfFirst(Browser browser) {
    return browser.run(
        "return [...document.querySelectorAll('#text i > b')].slice(0, 40).map(b => getComputedStyle(b).backgroundColor).join()");
  }

  private static void charactersAreReadByMouseAndKeys(Browser browser) {
    List<WebElement> places = browser.driver().findElements(By.cssSelector("#text i"));
    assertThat(places.get(0).findElements(By.tagName("s"))).hasSize(5);
    new Actions(browser.driver()).moveToElement(places.get(4)).perform();
    browser.await("return document.body.dataset.at === '4'");
    assertThat(browser.css("#here").getText()).contains("character 5, ‘r’", "likeliest after it");
    browser.css("#text").sendKeys(Keys.ARROW_RIGHT);
    assertThat(data(browser, "at")).isEqualTo("5");
    browser.css("#text").sendKeys(Keys.END);
    long last = (Long) browser.run("return Number(document.body.dataset.at)");
    assertThat(last).isEqualTo(ATTACK.codePointCount(0, ATTACK.length()) * 20L - 1);
    assertThat(browser.css("#on").isEnabled()).isFalse();
    browser.css("#text").sendKeys(Keys.HOME);
    browser.css("input[name=predictions]").click();
    assertThat(browser.run("return document.querySelectorAll('#text s').length")).isEqualTo(0L);
    browser.css("input[name=predictions]").click();
  }

  private static void aRangeIsMarkedByKeysAndMouse(Browser browser) {
    WebElement text = browser.css("#text");
    text.sendKeys(Keys.HOME);
    text.sendKeys(Keys.chord(Keys.SHIFT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT));
    assertThat(data(browser, "range")).isEqualTo("0 2");
    assertThat(browser.css("#range").getText()).contains("“</s” (3 characters)");
    text.sendKeys(Keys.ESCAPE);
    assertThat(data(browser, "range")).isEmpty();
    // Any value counts as on, so that some cell is on.
    browser.run("document.querySelector('#threshold').value = 0.05");
    List<WebElement> places = browser.driver().findElements(By.cssSelector("#text i"));
    new Actions(browser.driver())
        .moveToElement(places.get(9))
        .clickAndHold()
        .moveToElement(places.get(12))
        .release()
        .perform();
    assertThat(data(browser, "range")).isEqualTo("9 12");
    assertThat(browser.css("#range").getText()).contains("“</i>” (4 characters)", "on");
    assertThat((Long) browser.run("return document.querySelectorAll('#cells-on .cell').length"))
        .isPositive();
    // The text repeats itself twenty times: the same cells are on there again.
    WebElement match = browser.css("#matches button mark");
    assertThat(match.getText()).isNotEmpty();
    match.click();
    assertThat(Integer.parseInt(data(browser, "at"))).isGreaterThan(12);
    browser.css("#clear").click();
    assertThat(data(browser, "range")).isEmpty();
    assertThat(browser.css("#cells-on").getText()).isEmpty();
  }

  private static void predictionsAreTracedBack(Browser browser) {
    String before = browser.css("#influence-note").getText();
    assertThat(before)
        .matches(
            "The prediction of .* depended most on .*, (the character just read|\\d+ characters? earlier).*");
    browser.css("#influence").sendKeys(Keys.ARROW_LEFT, Keys.ARROW_LEFT);
    assertThat(browser.css("#influence-note").getText()).isNotEqualTo(before);
  }

  private static void thePageFitsAPhone(Browser browser) {
    browser.dark(true);
    browser.size(390, 800);
    assertThat((Long) browser.run("return document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(390);
    assertThat(browser.run("return getComputedStyle(document.body).backgroundColor"))
        .isEqualTo("rgb(24, 24, 27)");
  }
}
