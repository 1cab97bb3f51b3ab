package charnn.lab;

import charnn.report.ProgressDisplay;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Labs for tests: nothing is printed. */
final class LabFixture {
  private LabFixture() {}

  /**
   * Returns a lab with seed 1.
   *
   * @param given values of options, by their names
   */
  static Lab lab(Path folder, Map<String, String> given) {
    Map<String, List<String>> values = new HashMap<>();
    given.forEach((name, value) -> values.put(name, List.of(value)));
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    return new Lab(values, 1, folder, null, Path.of(""), nowhere, new NoDisplay());
  }

  private static final class NoDisplay implements ProgressDisplay {
    @Override
    public void printLine(String line) {}

    @Override
    public void updateStatus(Supplier<String> status) {
      status.get();
    }

    @Override
    public void close() {}
  }
}
