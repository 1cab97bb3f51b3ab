package charnn.cli.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** The start time of this process. The user's time budget counts from there, not from main(). */
public final class ProcessStart {
  /** The kernel's unit of a process's start, on Linux. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int START_FIELD = 22; // of /proc/self/stat
  private static final int NAME_FIELD = 2;

  /** An older process was not started for this command, or its clocks disagree. */
  private static final double MOST_SECONDS = 30;

  private ProcessStart() {}

  /**
   * Returns the start in {@link System#nanoTime}, to about 10 ms. Returns the current time where
   * the start is unknown or the process was not started by scripts/charnn.
   */
  public static long nanos() {
    long now = System.nanoTime();
    double age = System.getProperty("charnn.terminals") == null ? 0 : ageSeconds();
    return age > 0 && age < MOST_SECONDS ? now - (long) (1e9 * age) : now;
  }

  private static double ageSeconds() {
    try {
      String stat = Files.readString(Path.of("/proc/self/stat"), StandardCharsets.ISO_8859_1);
      String uptime = Files.readString(Path.of("/proc/uptime"), StandardCharsets.ISO_8859_1);
      return ageSeconds(stat, uptime);
    } catch (IOException | RuntimeException e) {
      // No Linux. Elsewhere Java's own time is exact; on Linux it may be wrong by a second.
      Instant start = ProcessHandle.current().info().startInstant().orElse(Instant.MAX);
      return start.isAfter(Instant.now())
          ? 0
          : Duration.between(start, Instant.now()).toMillis() / 1e3;
    }
  }

  /** Returns a process's age from the contents of its stat file and of /proc/uptime. */
  static double ageSeconds(String stat, String uptime) {
    // The name is in parentheses and may contain anything.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    double start = Long.parseLong(fields[START_FIELD - NAME_FIELD - 1]) / TICKS_PER_SECOND;
    return Double.parseDouble(uptime.split(" ")[0]) - start;
  }
}
