package charnn.report;

import charnn.model.Model;
import charnn.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes samples.txt: what the model wrote at each evaluation, under a heading with its step. */
public final class SamplesFile implements TrainingListener {
  private static final Pattern HEADING = Pattern.compile("(?m)^=== step (\\d{1,18}) ===$");

  private final RunFile file;

  public SamplesFile(Path file) {
    this.file = new RunFile(file);
  }

  @Override
  public void started(Model model) throws IOException {
    String samples = file.read();
    Matcher heading = HEADING.matcher(samples);
    int end = samples.length();
    while (heading.find()) {
      if (Long.parseLong(heading.group(1)) > model.progress().step()) {
        end = heading.start();
        break;
      }
    }
    file.replace(samples.substring(0, end));
  }

  @Override
  public void sampled(long step, String text) throws IOException {
    file.append("=== step " + step + " ===\n" + text + "\n\n");
  }
}
