package charnn.lab;

import static charnn.util.Formats.format;

import charnn.data.Corpus;
import charnn.data.DecodingSettings;
import charnn.data.input.CorpusInputs;
import charnn.report.ProgressDisplay;
import charnn.report.figure.Figure;
import charnn.util.AtomicFile;
import charnn.util.RandomStreams;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What an experiment is given: its options, and where tables, figures and progress go. */
public final class Lab {
  private final Map<String, List<String>> given;
  private final long seed;
  private final Path folder;
  private final Duration time;
  private final Path home;
  private final PrintStream out;
  private final ProgressDisplay display;
  private final long started = System.nanoTime();
  private boolean cutShort;
  private boolean saved;

  /**
   * @param given values of the options that were given, by their names
   * @param seed of everything random
   * @param folder for figures and numbers; made when it is needed
   * @param time after which nothing new is begun; null: as long as it takes
   * @param home charnn's own folder, with corpora/ and models/
   * @param out for the tables
   * @param display of progress
   */
  public Lab(
      Map<String, List<String>> given,
      long seed,
      Path folder,
      Duration time,
      Path home,
      PrintStream out,
      ProgressDisplay display) {
    this.given = Map.copyOf(given);
    this.seed = seed;
    this.folder = folder;
    this.time = time;
    this.home = home;
    this.out = out;
    this.display = display;
  }

  /**
   * Returns the value of an option.
   *
   * @throws charnn.util.InvalidSettingException if what was given is invalid
   */
  public <T> T value(LabOption<T> option) {
    List<String> initial = option.initial() == null ? List.of() : List.of(option.initial());
    return option.read().apply(given.getOrDefault(option.name(), initial));
  }

  /** Returns whether an option was given. */
  public boolean isGiven(LabOption<?> option) {
    return given.containsKey(option.name());
  }

  public long seed() {
    return seed;
  }

  /** Returns random numbers that depend on the seed and the keys alone. */
  public SplittableRandom random(long... keys) {
    long mixed = RandomStreams.mix(seed, RandomStreams.LAB);
    for (long key : keys) {
      mixed = RandomStreams.with(mixed, key);
    }
    return new SplittableRandom(mixed);
  }

  /** Returns the time that the user gives it, or the default. */
  public Duration timeOr(Duration otherwise) {
    return time == null ? otherwise : time;
  }

  /** Returns the seconds since it was begun. */
  public double seconds() {
    return (System.nanoTime() - started) / 1e9;
  }

  /**
   * Returns whether the user's time is over, so that nothing new is begun. What was not begun is
   * missing from the tables.
   */
  public boolean isTimeUp() {
    boolean up = time != null && seconds() >= time.toMillis() / 1e3;
    if (up) {
      cutShort = true;
    }
    return up;
  }

  /** Returns whether {@link #isTimeUp} has ended something before its end. */
  public boolean isCutShort() {
    return cutShort;
  }

  /** Returns whether a figure or numbers were saved. */
  public boolean hasSaved() {
    return saved;
  }

  /** Shows a status, as of {@link String#format}, if one is due. */
  public void progress(String form, Object... values) {
    display.updateStatus(() -> format(form, values));
  }

  /** Prints a permanent line beside the results, as progress. */
  public void log(String form, Object... values) {
    display.printLine(format(form, values));
  }

  /** Prints a line of the result. */
  public void print(String line) {
    display.clearStatus();
    out.print(line + "\n");
    out.flush();
  }

  /** Prints the rows of a table that were not printed before, and saves all as NAME.csv. */
  public void print(String name, DataTable table) throws IOException {
    save(name, table);
    print(table.newText());
  }

  /** Saves numbers as NAME.csv, without printing them; an empty table replaces nothing. */
  public void save(String name, DataTable table) throws IOException {
    if (!table.rows().isEmpty()) {
      save(name + ".csv", table.toCsv().getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * Saves a figure as NAME.png and NAME.svg; an empty one replaces nothing. Where Java finds no
   * fonts, that is all it says.
   */
  public void save(String name, Figure figure) throws IOException {
    if (figure.isEmpty()) {
      return;
    }
    try {
      save(name + ".png", figure.png());
      save(name + ".svg", figure.svg());
    } catch (LinkageError | InternalError e) {
      log(
          "no figure %s: Java cannot draw text here; install fontconfig and fonts, for instance:"
              + " apt install fontconfig fonts-dejavu-core",
          name);
    }
  }

  private void save(String name, byte[] content) throws IOException {
    AtomicFile.write(file(name), to -> to.write(content));
    saved = true;
  }

  /** Returns a file in the folder of the results, which is made if it is not there. */
  public Path file(String name) throws IOException {
    return Files.createDirectories(folder).resolve(name);
  }

  /** Returns the bundled tales. */
  public Path tales() {
    return home.resolve("corpora").resolve("tales.txt");
  }

  /** Returns the file of the model that comes with charnn. */
  public Path bundledModel() {
    return home.resolve("models").resolve("bundled.zip");
  }

  /** Reads files, folders or archives, or the bundled tales if there are none. */
  public Corpus corpus(List<Path> files) throws IOException {
    Corpus corpus =
        CorpusInputs.ofFiles(files.isEmpty() ? List.of(tales()) : files)
            .read(new DecodingSettings(null, false));
    corpus.notes().forEach(note -> display.printLine(note.toString()));
    return corpus;
  }
}
