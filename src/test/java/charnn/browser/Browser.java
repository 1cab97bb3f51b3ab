package charnn.browser;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * An installed Chromium without a window, that opens pages and is used as a person would. It keeps
 * what the pages asked the network for, and what went wrong in them. All tests of a Java share one,
 * which takes seconds to start; it ends with that Java.
 */
public final class Browser implements AutoCloseable {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final String BLANK = "about:blank";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private static Browser shared; // null: not started so far; guarded by the class

  private final ChromeDriver driver;
  private final List<String> requests = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Returns the browser; where there is none, the test is skipped with a line. */
  public static synchronized Browser open() {
    if (shared == null) {
      shared = start();
      Runtime.getRuntime().addShutdownHook(new Thread(shared.driver::quit));
    }
    return shared;
  }

  private static Browser start() {
    Optional<Path> browser = BROWSERS.stream().flatMap(name -> find(name).stream()).findFirst();
    Optional<Path> driver = find("chromedriver");
    if (browser.isEmpty() || driver.isEmpty()) {
      String line = "pages are not opened: there is no Chromium (apt install chromium-driver)";
      System.err.println(line);
      Assumptions.abort(line);
    }
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser.orElseThrow().toFile());
    options.addArguments(
        "--headless",
        "--no-sandbox", // which root must not have
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(driver.orElseThrow().toFile())
            .usingAnyFreePort()
            .withSilent(true)
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  private static Optional<Path> find(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Returns what drives it, for all that is not here. */
  public ChromeDriver driver() {
    return driver;
  }

  /** Opens a file. */
  public void open(Path file) {
    open(file.toUri());
  }

  /** Opens a page, and forgets what was before. */
  public void open(URI page) {
    driver.get(BLANK);
    readLogs();
    requests.clear();
    errors.clear();
    driver.get(page.toString());
  }

  /** Opens a page of a place whose pages have stored nothing. */
  public void openAnew(URI page) {
    driver.get(BLANK); // A page that is still there could store something.
    driver.executeCdpCommand(
        "Storage.clearDataForOrigin",
        Map.of("origin", "http://" + page.getAuthority(), "storageTypes", "all"));
    open(page);
  }

  /** Makes the page so many CSS pixels wide and high, whatever the window's least size is. */
  public void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  /** Prefers dark colours, or light ones. */
  public void dark(boolean isDark) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", isDark ? "dark" : "light"))));
  }

  /** Returns the first element that a CSS selector finds. */
  public WebElement find(By selector) {
    return driver.findElement(selector);
  }

  /** As {@link #find(By)}, by a CSS selector. */
  public WebElement css(String selector) {
    return find(By.cssSelector(selector));
  }

  /** Returns what a function's body returns in the page. */
  public Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Waits until a function's body returns true in the page. */
  public void await(String script) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Boolean.TRUE.equals(run(script))) {
      if (System.nanoTime() > end) {
        throw new AssertionError("still not true in the page: " + script);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** Returns the addresses that the page asked for, itself included, since it was opened. */
  public List<String> requests() {
    readLogs();
    return List.copyOf(requests);
  }

  /** Returns the warnings and errors on the page's console since it was opened. */
  public List<String> errors() {
    readLogs();
    return List.copyOf(errors);
  }

  private void readLogs() {
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      JsonObject message =
          JsonParser.parseString(entry.getMessage()).getAsJsonObject().getAsJsonObject("message");
      if (message.get("method").getAsString().equals("Network.requestWillBeSent")) {
        JsonObject request = message.getAsJsonObject("params").getAsJsonObject("request");
        requests.add(request.get("url").getAsString());
      }
    }
    for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
      if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
        errors.add(entry.getMessage());
      }
    }
  }

  /** Saves a picture of what is seen. */
  public void screenshot(Path png) throws IOException {
    Files.write(png, driver.getScreenshotAs(OutputType.BYTES));
  }

  /** Leaves the page. */
  @Override
  public void close() {
    driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    dark(false);
    driver.get(BLANK);
  }
}
