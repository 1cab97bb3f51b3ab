package charnn.report;

import charnn.model.Model;
import charnn.model.Progress;
import charnn.train.TrainingListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes samples.txt: a sample at each evaluation, under a heading with its step. */
public final class SamplesFile implements TrainingListener {
  private static final Pattern HEADING = Pattern.compile("(?m)^=== step (\\d{1,18}) ===$");

  private final AppendLog file;

  /**
   * @param warnings notified when writing starts to fail; the samples are kept and written later
   */
  public SamplesFile(Path file, Consumer<String> warnings) {
    this.file = new AppendLog(file, warnings);
  }

  @Override
  public void rolledBack(Model model, String reason) throws IOException {
    file.keep(kept(model));
  }

  @Override
  public void entered(Phase phase, long step) {
    file.retry();
  }

  @Override
  public void started(Model model) throws IOException {
    file.open();
    file.keep(kept(model));
  }

  /** Returns the samples up to the model's step. */
  private byte[] kept(Model model) throws IOException {
    Progress progress = model.progress();
    byte[] bytes = file.bytes();
    if (progress.samplesBytes() != null) {
      return bytes.length >= progress.samplesBytes()
          ? Arrays.copyOf(bytes, Math.toIntExact(progress.samplesBytes()))
          : AppendLog.wholeLines(bytes).getBytes(StandardCharsets.UTF_8);
    }
    return keptByHeadings(progress, AppendLog.wholeLines(bytes)).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * For checkpoints of earlier versions, which lack the length. A sample may look like a heading.
   */
  private static String keptByHeadings(Progress progress, String samples) {
    long last = progress.workPending() ? progress.step() - 1 : progress.step();
    Matcher heading = HEADING.matcher(samples);
    int end = samples.length();
    while (heading.find()) {
      if (Long.parseLong(heading.group(1)) > last) {
        end = heading.start();
        break;
      }
    }
    return samples.substring(0, end);
  }

  @Override
  public OptionalLong samplesBytes() {
    return OptionalLong.of(file.length());
  }

  @Override
  public void sampled(long step, String text) {
    file.append("=== step " + step + " ===\n" + text + "\n\n");
  }
}
