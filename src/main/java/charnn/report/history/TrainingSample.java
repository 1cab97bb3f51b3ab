package charnn.report.history;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sample that a run generated at an evaluation.
 *
 * @param step after which it was generated
 */
public record TrainingSample(long step, String text) {
  private static final Pattern HEADING = Pattern.compile("(?m)^=== step (\\d{1,18}) ===\n");

  /** More of samples.txt is not read: 100,000 samples. */
  private static final int MOST_BYTES = 1 << 25;

  /** The characters of a sample that are kept; training generates fewer. */
  private static final int MOST_CHARACTERS = 2000;

  /** Reads samples.txt; none if there is no such file. */
  static List<TrainingSample> read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    String all;
    try (InputStream in = Files.newInputStream(file)) {
      all = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    }
    List<TrainingSample> samples = new ArrayList<>();
    Matcher heading = HEADING.matcher(all);
    long step = -1;
    int from = 0;
    while (heading.find()) {
      // What a model writes may look like a heading; the steps of real ones rise.
      long next = Long.parseLong(heading.group(1));
      if (next > step) {
        add(step, all.substring(from, heading.start()), samples);
        step = next;
        from = heading.end();
      }
    }
    add(step, all.substring(from), samples);
    return samples;
  }

  private static void add(long step, String text, List<TrainingSample> samples) {
    if (step >= 0) {
      int end = text.endsWith("\n\n") ? text.length() - 2 : text.length();
      int most = text.offsetByCodePoints(0, Math.min(MOST_CHARACTERS, text.codePointCount(0, end)));
      samples.add(new TrainingSample(step, text.substring(0, most)));
    }
  }

  /** Returns at most so many, denser at the beginning, where samples change most; with the last. */
  static List<TrainingSample> some(List<TrainingSample> samples, int most) {
    if (samples.size() <= most) {
      return samples;
    }
    List<TrainingSample> some = new ArrayList<>();
    int last = -1;
    for (int i = 0; i < most; i++) {
      // Each is as many times as late as the one before, but for those that come one by one.
      double part = Math.pow(samples.size(), (double) i / (most - 1)) - 1;
      int index = Math.min(samples.size() - 1, Math.max(last + 1, (int) Math.round(part)));
      some.add(samples.get(index));
      last = index;
    }
    return some;
  }
}
