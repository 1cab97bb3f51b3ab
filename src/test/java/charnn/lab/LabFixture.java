package charnn.lab;

import charnn.report.ProgressDisplay;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Labs for tests. */
final class LabFixture {
  private LabFixture() {}

  /**
   * Returns a lab with seed 1, which prints nothing.
   *
   * @param given values of options, by their names
   */
  static Lab lab(Path folder, Map<String, String> given) {
    return lab(folder, given, null, OutputStream.nullOutputStream(), line -> {});
  }

  /**
   * Returns a lab with seed 1.
   *
   * @param time null: as long as it takes
   * @param log takes the permanent lines
   */
  static Lab lab(
      Path folder,
      Map<String, String> given,
      Duration time,
      OutputStream out,
      Consumer<String> log) {
    return lab(folder, given, 1, time, out, log);
  }

  static Lab lab(
      Path folder,
      Map<String, String> given,
      long seed,
      Duration time,
      OutputStream out,
      Consumer<String> log) {
    return lab(folder, given, seed, time, out, new LogDisplay(log, Duration.ZERO));
  }

  /** Returns a lab with seed 1, which prints nothing, and whose time ends at its first status. */
  static Lab endingAtTheFirstStatus(Path folder, Map<String, String> given) {
    Duration time = Duration.ofMillis(100);
    LogDisplay display = new LogDisplay(line -> {}, time);
    return lab(folder, given, 1, time, OutputStream.nullOutputStream(), display);
  }

  private static Lab lab(
      Path folder,
      Map<String, String> given,
      long seed,
      Duration time,
      OutputStream out,
      ProgressDisplay display) {
    Map<String, List<String>> values = new HashMap<>();
    given.forEach((name, value) -> values.put(name, List.of(value)));
    PrintStream printed = new PrintStream(out, false, StandardCharsets.UTF_8);
    return new Lab(values, seed, folder, time, Path.of(""), printed, display);
  }

  /**
   * @param pause for which a status is shown
   */
  private record LogDisplay(Consumer<String> log, Duration pause) implements ProgressDisplay {
    @Override
    public void printLine(String line) {
      log.accept(line);
    }

    @Override
    public void updateStatus(Supplier<String> status) {
      status.get();
      try {
        Thread.sleep(pause.toMillis());
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {}
  }
}
