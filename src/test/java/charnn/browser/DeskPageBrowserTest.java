package charnn.browser;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.checkpoint.ModelFile;
import charnn.engine.registry.EngineType;
import charnn.model.Models;
import charnn.serve.Service;
import charnn.serve.http.Limits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page of {@code serve}, in a browser. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DeskPageBrowserTest {
  private static final String HOSTILE = "</textarea><script>alert(1)</script>\u202e\"'&lt; \u00e9";
  private static final String GHOST =
      "const g = document.querySelector('#under .ghost'); return g !== null && g.textContent.trim() !== ''";
  private static final String METRICS =
      "step,epoch,characters,learning_rate,loss,bits_per_character,accuracy,held_out_loss,held_out_accuracy,seconds\n"
          + "10,0.1,100,0.004,2.500000,3.600000,0.200000,,,1.0\n"
          + "20,0.2,200,0.004,2.250000,3.200000,0.250000,2.400000,0.210000,2.0\n";

  @TempDir private static Path folder;
  private static Service service;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    browser = Browser.open();
    write("tale", "abcdefgh .\n");
    write("<img src=x onerror=alert(1)>", "abc .\n" + HOSTILE);
    service =
        Service.start(
            new Service.Settings(
                null,
                0,
                folder.resolve("models"),
                folder.resolve("none.zip"),
                List.of(),
                EngineType.fastest(),
                1,
                8,
                8,
                60,
                Long.MAX_VALUE,
                Limits.USUAL),
            line -> {});
  }

  private static void write(String run, String letters) throws IOException {
    Path models = Files.createDirectories(folder.resolve("models").resolve(run));
    ModelFile.write(models.resolve("best.zip"), Models.random(letters, 8, 1), null);
    Files.writeString(models.resolve("metrics.csv"), METRICS);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (service != null) {
      service.close();
    }
  }

  @BeforeEach
  void open() {
    browser.openAnew(URI.create(service.address()));
    browser.await("return document.getElementById('model').options.length === 2");
  }

  /** The page asks this server alone, and nothing goes wrong in it. */
  @AfterEach
  void nothingElse() {
    assertThat(browser.requests())
        .allMatch(request -> request.startsWith(service.address()) || request.startsWith("blob:"));
    assertThat(browser.errors()).isEmpty();
  }

  private static WebElement text() {
    return browser.css("#text");
  }

  private static String value() {
    return (String) browser.run("return document.getElementById('text').value");
  }

  private static String ghost() {
    browser.await(GHOST);
    return (String) browser.run("return document.querySelector('#under .ghost').textContent");
  }

  private static void chooseModel(String id) {
    browser.run(
        "const s = document.getElementById('model'); s.value = arguments[0];"
            + "s.dispatchEvent(new Event('change'))",
        id);
  }

  @Test
  void wordsAreProposedTakenAndTakenBack() {
    chooseModel("tale");
    text().sendKeys("abc ");
    String proposed = ghost();
    assertThat(value()).isEqualTo("abc ");
    String word = proposed.replaceFirst("^(\\s*\\S+\\s*).*", "$1");
    text().sendKeys(Keys.TAB);
    assertThat(value()).isEqualTo("abc " + word);
    text().sendKeys(Keys.chord(Keys.CONTROL, "z"));
    assertThat(value()).isEqualTo("abc ");
    assertThat(ghost()).isEqualTo(proposed);
    text().sendKeys(Keys.chord(Keys.SHIFT, Keys.TAB));
    assertThat(value()).isEqualTo("abc " + proposed);
    browser.css("#undo").click();
    assertThat(value()).isEqualTo("abc ");
    browser.css("#redo").click();
    assertThat(value()).isEqualTo("abc " + proposed);
  }

  @Test
  void stepsAreUndoneAndDoneAgain() {
    chooseModel("tale");
    browser.css("#proposes").click();
    text().sendKeys("abc", Keys.BACK_SPACE, Keys.BACK_SPACE, "d");
    String lines = "ab .\n".repeat(2_000);
    browser.run(
        "const data = new DataTransfer(); data.items.add(new File([arguments[0]], 'a.txt'));"
            + "const file = document.getElementById('file'); file.files = data.files;"
            + "file.dispatchEvent(new Event('change'))",
        lines);
    browser.await("return document.getElementById('text').value.length === 10000");
    assertThat(value()).isEqualTo(lines);
    String undo = Keys.chord(Keys.CONTROL, "z");
    List<String> before = new ArrayList<>();
    while (!value().isEmpty()) {
      text().sendKeys(undo);
      before.add(value());
    }
    // Slow typing is several steps.
    assertThat(before).startsWith("ad").endsWith("").doesNotContain(lines);
    text().sendKeys(undo);
    for (int i = before.size() - 2; i >= 0; i--) {
      text()
          .sendKeys(
              i % 2 == 0
                  ? Keys.chord(Keys.CONTROL, Keys.SHIFT, "z")
                  : Keys.chord(Keys.CONTROL, "y"));
      assertThat(value()).isEqualTo(before.get(i));
    }
    browser.css("#redo").click();
    assertThat(value()).isEqualTo(lines);
    browser.css("#undo").click();
    text().sendKeys("e"); // Now there is nothing to do again.
    browser.css("#redo").click();
    assertThat(value()).isEqualTo("ade");
  }

  @Test
  void whatIsTypedAsProposedKeepsTheProposal() {
    chooseModel("tale");
    text().sendKeys("abc ");
    String proposed = ghost();
    text().sendKeys(proposed.substring(0, 1));
    assertThat(browser.run("return document.querySelector('#under .ghost').textContent"))
        .isEqualTo(proposed.substring(1));
  }

  @Test
  void otherWordsAndEscape() {
    chooseModel("tale");
    text().sendKeys("abc ");
    String first = ghost();
    text().sendKeys(Keys.chord(Keys.ALT, Keys.ARROW_DOWN));
    browser.await(
        "const g = document.querySelector('#under .ghost'); return g !== null && g.textContent !== '"
            + first
            + "'");
    text().sendKeys(Keys.chord(Keys.ALT, Keys.ARROW_UP));
    browser.await(
        "const g = document.querySelector('#under .ghost'); return g !== null && g.textContent === '"
            + first
            + "'");
    text().sendKeys(Keys.ESCAPE);
    browser.await("return document.querySelector('#under .ghost') === null");
    text().sendKeys(Keys.TAB); // leaves the text, as elsewhere
    browser.await("return document.activeElement.id !== 'text'");
    assertThat(value()).isEqualTo("abc ");
  }

  @Test
  void itWritesOnAndStops() {
    chooseModel("tale");
    set("max_tokens", "30");
    text().sendKeys("abc ");
    browser.css("#write-on").click();
    browser.await("return document.getElementById('text').value.length === 34");
    browser.css("#undo").click();
    assertThat(value()).isEqualTo("abc ");
    set("max_tokens", "5000");
    text().sendKeys(Keys.chord(Keys.CONTROL, Keys.ENTER));
    browser.await(GHOST);
    browser.css("#stop").click();
    browser.await("return document.getElementById('stop').disabled");
    assertThat(value()).startsWith("abc ").hasSizeBetween(5, 5_004);
  }

  private static void set(String field, String value) {
    browser.run(
        "const field = document.getElementById(arguments[0]); field.value = arguments[1];"
            + "field.dispatchEvent(new Event('input'))",
        field,
        value);
  }

  @Test
  void charactersAreRestrictedAndAStringEndsWriting() {
    chooseModel("tale");
    text().sendKeys("abc ");
    set("only", "ab");
    set("max_tokens", "60");
    browser.await("return /^[ab]+$/.test(document.querySelector('#under .ghost')?.textContent)");
    browser.css("#write-on").click();
    browser.await("return /^abc [ab]{60}$/.test(document.getElementById('text').value)");
    browser.css("#undo").click();
    set("stop_before", "b");
    browser.css("#write-on").click();
    browser.await("return document.getElementById('stop').disabled");
    assertThat(value()).matches("abc a*");
  }

  @Test
  void surpriseIsColoured() {
    chooseModel("tale");
    browser.css("#colours").click();
    text().sendKeys("abcdabcd");
    browser.await("return document.querySelectorAll('#under .s1, #under .s2').length > 0");
    assertThat(browser.css("#character").getText()).contains("d surprised by", "%");
    assertThat(browser.run("return document.querySelectorAll('#character li').length"))
        .isEqualTo(5L);
    assertThat(browser.run("return document.getElementById('under').textContent"))
        .asString()
        .startsWith("abcdabcd");
  }

  @Test
  void whateverIsWrittenStaysText() {
    chooseModel("<img src=x onerror=alert(1)>");
    browser.css("#colours").click();
    browser.run(
        "const t = document.getElementById('text'); t.focus();"
            + "document.execCommand('insertText', false, arguments[0])",
        HOSTILE + "\n" + "x".repeat(50_000));
    browser.await("return document.querySelectorAll('#under [class^=s]').length > 0");
    assertThat(value()).startsWith(HOSTILE);
    assertThat(browser.run("return document.querySelectorAll('main script, main img').length"))
        .isEqualTo(0L);
    browser.css("#tab-runs").click();
    browser.await("return document.querySelectorAll('#run-list label').length === 2");
    assertThat(browser.css("#run-list").getText()).contains("<img src=x onerror=alert(1)>");
    assertThat(browser.run("return document.querySelectorAll('main img').length")).isEqualTo(0L);
  }

  @Test
  void theTextIsKeptInTheBrowser() {
    chooseModel("tale");
    text().sendKeys("abc def");
    browser.await("return localStorage.getItem('charnn.text') === 'abc def'");
    browser.open(URI.create(service.address()));
    assertThat(value()).isEqualTo("abc def");
    browser.await("return document.getElementById('model').value === 'tale'");
  }

  @Test
  void curvesGrowWhileARunTrains() throws IOException {
    browser.css("#tab-write").sendKeys(Keys.ARROW_RIGHT);
    browser.await("return document.querySelectorAll('#run-list label').length === 2");
    browser.css("input[value='tale']").click();
    browser.await("return document.getElementById('numbers').textContent.includes('2.25')");
    Files.writeString(
        folder.resolve("models/tale/metrics.csv"),
        "30,0.3,300,0.004,1.875000,2.800000,0.300000,2.100000,0.260000,3.0\n",
        StandardOpenOption.APPEND);
    browser.await("return document.getElementById('numbers').textContent.includes('1.875')");
    browser.css("#plot").sendKeys(Keys.HOME, Keys.ARROW_RIGHT);
    assertThat(browser.css("#reading").getText())
        .isEqualTo("step 20, training loss 2.250 nats, validation loss 2.400 nats");
    assertThat(browser.css("#plot").getDomAttribute("aria-label")).contains("step 30", "1.875");
    assertThat(
            browser.run(
                "const c = document.getElementById('plot');"
                    + "return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v > 0)"))
        .isEqualTo(true);
  }

  @Test
  void itFitsAPhone() {
    try {
      browser.size(390, 844);
      text().sendKeys("abc ");
      browser.await("return document.documentElement.scrollWidth <= innerWidth");
      browser.css("#tab-runs").click();
      browser.await("return document.documentElement.scrollWidth <= innerWidth");
    } finally {
      browser.size(1280, 800);
    }
  }

  /** Each control has a name that a screen reader tells, and the page its parts. */
  @Test
  void everythingHasAName() {
    assertThat(browser.run("return document.querySelectorAll('main:not([role])').length"))
        .isEqualTo(1L);
    assertThat(
            browser.run(
                "return [...document.querySelectorAll('[aria-controls], [aria-labelledby], [aria-describedby], label[for]')]"
                    + ".flatMap(e => ['aria-controls', 'aria-labelledby', 'aria-describedby', 'for'].map(a => e.getAttribute(a)))"
                    + ".filter(id => id !== null && document.getElementById(id) === null)"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .isEmpty();
    assertThat(
            browser.run(
                "return [...document.querySelectorAll('button, input:not([hidden]), select, textarea, canvas')]"
                    + ".filter(e => !(e.labels?.length || e.textContent.trim() || e.getAttribute('aria-label')))"
                    + ".map(e => e.id)"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .isEmpty();
  }

  @Test
  void aPageOfAnotherSiteGetsNothing() throws Exception {
    Path attacker = folder.resolve("attacker.html");
    Files.writeString(
        attacker,
        "<!doctype html><title>attacker</title><script>"
            + "window.got = [];"
            + "for (const [mode, type] of [['cors', 'application/json'], ['no-cors', 'text/plain'], ['cors', 'text/plain']])"
            + "  fetch('"
            + service.address()
            + "v1/completions', {method: 'POST', mode, headers: {'Content-Type': type}, body: '{\"max_tokens\": 1}'})"
            + "    .then(r => r.text()).then(t => window.got.push(t), () => window.got.push(''));"
            + "</script><script src='"
            + service.address()
            + "page.js' onload='window.got.push(\"script\")' onerror='window.got.push(\"\")'></script>");
    browser.open(attacker);
    browser.await("return window.got.length === 4");
    assertThat(browser.run("return window.got.join('')")).isEqualTo("");
    open(); // Here the browser's console has errors.
  }

  @Test
  void thePageMayLoadItselfOnly() throws Exception {
    HttpResponse<String> page =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(service.address())).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(page.body()).doesNotContain("http://", "https://", " style=", "onclick");
  }
}
