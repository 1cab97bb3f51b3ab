package charnn.checkpoint;

import static charnn.util.Formats.format;

import charnn.util.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The models that a run keeps from its training, {@code kept/step-<step>.zip}, to look at how it
 * learned; to sample from, like {@code best.zip}. The file {@code kept/every} says every how many
 * steps one is kept.
 *
 * <p>They are few: where there would be more than {@link #MOST}, or more than {@link #MOST_BYTES}
 * together, every second is deleted, and from then on half as many are kept. What is kept depends
 * on the steps alone, so that interruptions change nothing.
 */
public record KeptModels(Path folder) {
  /** So many models are kept at most. */
  public static final int MOST = 50;

  /** And so many bytes of parameters, but two models at least. */
  private static final long MOST_BYTES = 1L << 30;

  private static final Pattern NAME = Pattern.compile("step-([0-9]{1,18})\\.zip");

  /** Returns the models that a run keeps. */
  public static KeptModels of(RunDirectory run) {
    return new KeptModels(run.path().resolve("kept"));
  }

  private Path interval() {
    return folder.resolve("every");
  }

  /** Returns the file of a step. */
  public Path file(long step) {
    return folder.resolve("step-" + step + ".zip");
  }

  /** Returns every how many steps a model is kept; 0: none. */
  public long every() {
    try {
      return Math.max(0, Long.parseLong(Files.readString(interval()).strip()));
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  /**
   * Sets every how many steps a model is kept.
   *
   * @param steps 0: no more
   */
  public void setEvery(long steps) throws IOException {
    Files.createDirectories(folder);
    byte[] text = format("%d\n", steps).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(interval(), out -> out.write(text));
  }

  /** Returns the steps of the models that are there, ascending. */
  public List<Long> steps() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> NAME.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .map(match -> Long.parseLong(match.group(1)))
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Deletes the models of later steps, which the run that goes on at a step makes anew. */
  public void deleteAfter(long step) throws IOException {
    for (long later : steps()) {
      if (later > step) {
        Files.deleteIfExists(file(later));
      }
    }
  }

  /**
   * Makes room for a model, by keeping fewer.
   *
   * @param parameters of a model
   * @return every how many steps models are kept now
   */
  public long makeRoom(int parameters) throws IOException {
    long most = Math.max(2, Math.min(MOST, MOST_BYTES / (4L * parameters)));
    long every = every();
    while (steps().size() >= most && every > 0) {
      every *= 2;
      long kept = every;
      setEvery(every);
      for (long step : steps()) {
        if (step % kept != 0) {
          Files.deleteIfExists(file(step));
        }
      }
    }
    return every;
  }
}
