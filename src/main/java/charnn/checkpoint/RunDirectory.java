package charnn.checkpoint;

import charnn.model.Progress;
import charnn.util.Formats;
import charnn.util.InvalidSettingException;
import charnn.util.PathState;
import charnn.util.RegularFile;
import charnn.util.Sentence;
import charnn.util.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of one training run, {@code models/<name>/}: {@code best.zip} (lowest validation loss,
 * to sample from), {@code last.zip} (to resume from), {@code rollback.zip} (the checkpoint at the
 * last evaluation, to roll back to when training diverges), {@code metrics.csv}, {@code
 * layers.csv}, {@code samples.txt}, {@code train.log} and {@code lock}, and if asked for, {@link
 * KeptModels}.
 */
public record RunDirectory(Path path) {
  private static final Comparator<Progress> FURTHER =
      Comparator.comparingInt(Progress::rollbacks)
          .thenComparingLong(Progress::step)
          .thenComparing(progress -> !progress.workPending());

  /** What the model that comes with charnn is called. */
  public static final String BUNDLED = "bundled";

  /** The folder of a pair's second run, in that of the first. */
  public static final String BACKWARD = "backward";

  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}._ -]{0,99}");

  private static final Pattern KEPT = Pattern.compile("(.+)/step-([0-9]{1,18})");

  /** What the usual file systems take for the name of a folder. */
  private static final int MOST_NAME_BYTES = 255;

  public Path best() {
    return path.resolve("best.zip");
  }

  public Path last() {
    return path.resolve("last.zip");
  }

  public Path rollback() {
    return path.resolve("rollback.zip");
  }

  /** Returns the file of a run on a cluster that says how it is trained there. */
  public Path cluster() {
    return path.resolve("cluster.json");
  }

  /** Returns whether the run is trained on a cluster. */
  public boolean isOfCluster() {
    return Files.exists(cluster());
  }

  public Path lock() {
    return path.resolve("lock");
  }

  public Path metrics() {
    return path.resolve("metrics.csv");
  }

  public Path layers() {
    return path.resolve("layers.csv");
  }

  public Path samples() {
    return path.resolve("samples.txt");
  }

  public Path log() {
    return path.resolve("train.log");
  }

  private Path kept() {
    return KeptModels.of(this).folder();
  }

  /** Returns its name; that of a pair's second run begins with the pair's. */
  public String name() {
    String name = path.getFileName().toString();
    return pair().path.equals(path) ? name : pair().name() + "/" + name;
  }

  /**
   * Returns the run of a pair's second model, which reads backwards. It has a checkpoint from the
   * beginning of the first run on.
   */
  public RunDirectory backward() {
    return new RunDirectory(path.resolve(BACKWARD));
  }

  /** Returns whether it has a second model, which reads backwards. */
  public boolean isPair() {
    return backward().exists();
  }

  /** Returns the first run of the pair of which this is the second, else itself. */
  public RunDirectory pair() {
    Path parent = path.toAbsolutePath().getParent();
    boolean isSecond =
        path.endsWith(BACKWARD)
            && parent.getFileName() != null
            && new RunDirectory(parent).exists();
    return isSecond ? new RunDirectory(parent) : this;
  }

  /** Returns the model that reads backwards of the pair whose first run a model file is of. */
  public static Optional<Path> backwardOf(Path file) {
    Path absolute = file.toAbsolutePath();
    RunDirectory run = new RunDirectory(absolute.getParent());
    boolean isOfRun = Set.of(run.best(), run.last(), run.rollback()).contains(absolute);
    return isOfRun ? run.backward().modelFile() : Optional.empty();
  }

  /** Removes the start of a second run that was left by a pair that ended before it saved. */
  public void removeBackwardStart() throws IOException {
    Files.deleteIfExists(backward().rollback());
  }

  /** Returns whether a run has been saved here. */
  public boolean exists() {
    return isResumable() || Files.exists(best());
  }

  /**
   * Returns whether there is a folder in which nothing was saved: that of a run that ended before
   * its first checkpoint.
   */
  public boolean isEmpty() throws IOException {
    return holdsNothingBut(
        Files.exists(backward().path)
                && backward()
                    .holdsNothingBut(
                        Set.of(backward().lock(), backward().rollback(), backward().kept()))
            ? Set.of(lock(), metrics(), layers(), samples(), log(), kept(), backward().path)
            : Set.of(lock(), metrics(), layers(), samples(), log(), kept()));
  }

  private boolean holdsNothingBut(Set<Path> harmless) throws IOException {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.allMatch(f -> harmless.contains(f) || f.toString().endsWith(".tmp"));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * Checks that what is written in place is no link, pipe or folder.
   *
   * @throws java.nio.file.FileSystemException if a name stands for such
   */
  public void requireRegularFiles() throws IOException {
    for (Path file : List.of(lock(), metrics(), layers(), samples(), log())) {
      RegularFile.require(file);
    }
  }

  /** Returns whether there is a checkpoint to resume from. */
  public boolean isResumable() {
    return Files.exists(last()) || Files.exists(rollback());
  }

  /**
   * Returns the checkpoint to resume from: the one that is further, where steps that diverged do
   * not count. A broken one is passed over if the other is whole.
   *
   * @param notes called if one is passed over
   * @throws ModelFileException if none is whole
   */
  public Path newestCheckpoint(Consumer<String> notes) throws ModelFileException {
    Path newest = null;
    Progress furthest = null;
    ModelFileException failure = null;
    for (Path file : List.of(last(), rollback())) {
      if (!Files.exists(file)) {
        continue;
      }
      try {
        Progress progress = ModelFile.readCheckpoint(file).model().progress();
        if (furthest == null || FURTHER.compare(progress, furthest) > 0) {
          newest = file;
          furthest = progress;
        }
      } catch (ModelFileException e) {
        failure = e;
      }
    }
    if (newest == null) {
      throw new ModelFileException(
          Sentence.of(
              "there is no whole checkpoint in %s to resume from%s; charnn train with %s a whole"
                  + " model starts a new run from its weights",
              path,
              failure == null ? "" : Sentence.of(": %s", failure.sentence()),
              Setting.INIT_FROM));
    }
    if (failure != null) {
      notes.accept(failure.getMessage() + "; resuming from " + newest.getFileName());
    }
    return newest;
  }

  /**
   * Returns the run of a name. In which of Unicode's forms the name is written makes no difference;
   * a new folder's is NFC.
   *
   * @throws InvalidSettingException if the name cannot be a folder's
   */
  public static RunDirectory named(Path modelsDir, String name) {
    String composed = composed(name);
    if (!NAME.matcher(composed).matches()) {
      throw new InvalidSettingException(
          Sentence.of(
              "%s must begin with a letter or digit and hold at most 100 letters, digits, '.', '_',"
                  + " '-' and spaces, got '%s'",
              Setting.NAME, name));
    }
    int bytes = composed.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_NAME_BYTES) {
      throw new InvalidSettingException(
          Sentence.of(
              "%s must have at most %s bytes in UTF-8, got %s",
              Setting.NAME, MOST_NAME_BYTES, bytes));
    }
    Path folder = modelsDir.resolve(composed);
    return new RunDirectory(
        Files.exists(folder) ? folder : otherSpelling(modelsDir, composed).orElse(folder));
  }

  private static String composed(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  /** Finds the folder whose name is in another of Unicode's forms: it may come from macOS. */
  private static Optional<Path> otherSpelling(Path modelsDir, String composed) {
    if (composed.chars().allMatch(c -> c < 0x80)) {
      return Optional.empty();
    }
    try (Stream<Path> folders = Files.list(modelsDir)) {
      return folders
          .filter(folder -> composed(folder.getFileName().toString()).equals(composed))
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /**
   * Checks that the file system takes the paths of the run's files, whose folder need not exist.
   *
   * @throws InvalidSettingException if it does not, for instance because they are too long
   */
  public void requirePossiblePaths() {
    try {
      Files.readAttributes(
          path.resolve("rollback.zip.tmp"), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException | AccessDeniedException e) {
      return; // Nothing is there yet, or making the folder will fail.
    } catch (IOException e) {
      throw new InvalidSettingException(
          Sentence.of(
              "%s cannot be '%s' in %s: %s",
              Setting.NAME, name(), String.valueOf(path.getParent()), Formats.reason(e)));
    }
  }

  /**
   * Returns a run's name made from that of a text file: without its extension and what a name may
   * not hold; never {@value #BUNDLED}.
   */
  public static String nameFor(Path file) {
    String name = composed(String.valueOf(file.getFileName())).replaceFirst("(?<=.)\\.[^.]*$", "");
    String clean =
        name.replaceAll("[^\\p{L}\\p{M}\\p{N}._-]+", "-").replaceFirst("^[^\\p{L}\\p{N}]+", "");
    return clean.isEmpty() || clean.equals(BUNDLED)
        ? "run"
        : clean.substring(
            0, clean.offsetByCodePoints(0, Math.min(40, clean.codePointCount(0, clean.length()))));
  }

  /**
   * Makes the folder of a new run, under the name or, if that is taken, the name with the lowest
   * free number after it.
   */
  public static RunDirectory createNumbered(Path modelsDir, String name) throws IOException {
    for (int i = 1; ; i++) {
      RunDirectory run = named(modelsDir, i == 1 ? name : name + "-" + i);
      if (run.create()) {
        return run;
      }
    }
  }

  /**
   * Makes the folder of a new run; returns false if there is something of that name. Of two
   * processes, one gets it.
   */
  public boolean create() throws IOException {
    Files.createDirectories(path.toAbsolutePath().getParent());
    try {
      Files.createDirectory(path);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** Returns the runs in a folder, the one saved last first; none if there is no such folder. */
  public static List<RunDirectory> all(Path modelsDir) throws IOException {
    if (!Files.isDirectory(modelsDir)) {
      return List.of();
    }
    // Trainings save meanwhile: a time that changed while sorting would be another order.
    record Saved(RunDirectory run, FileTime time) {}

    try (Stream<Path> folders = Files.list(modelsDir)) {
      return folders
          .map(RunDirectory::new)
          .filter(RunDirectory::exists)
          .map(run -> new Saved(run, run.lastSaved()))
          .sorted(Comparator.comparing(Saved::time).reversed())
          .map(Saved::run)
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * Finds the model file to sample from.
   *
   * @param name a run's name, of a pair's second run with /{@value #BACKWARD}, of a model that it
   *     kept with /step-1000, a model file, a run's folder or {@value #BUNDLED}; or null for the
   *     run saved last, and the bundled model if there is no run
   * @param bundled the model that comes with charnn
   * @throws ModelFileException if there is none
   */
  public static Path findModel(Path modelsDir, String name, Path bundled) throws IOException {
    List<RunDirectory> runs = all(modelsDir);
    if (name == null) {
      return runs.stream()
          .map(RunDirectory::modelFile)
          .flatMap(Optional::stream)
          .findFirst()
          .orElse(bundled);
    }
    if (name.equals(BUNDLED)) {
      return bundled;
    }
    Optional<Path> ofRun =
        runs.stream()
            .filter(run -> composed(run.name()).equals(composed(name)))
            .findFirst()
            .flatMap(RunDirectory::modelFile);
    if (ofRun.isPresent()) {
      return ofRun.get();
    }
    Optional<Path> ofSecond =
        runs.stream()
            .map(RunDirectory::backward)
            .filter(run -> run.exists() && composed(run.name()).equals(composed(name)))
            .findFirst()
            .flatMap(RunDirectory::modelFile);
    if (ofSecond.isPresent()) {
      return ofSecond.get();
    }
    Optional<Path> kept = keptModel(runs, name);
    if (kept.isPresent()) {
      return kept.get();
    }
    Path path = Path.of(name);
    if (Files.isRegularFile(path)) {
      return path;
    }
    Optional<Path> inFolder = new RunDirectory(path).modelFile();
    if (inFolder.isEmpty()) {
      throw new ModelFileException(notFound(modelsDir, name, runs));
    }
    return inFolder.get();
  }

  /** Finds the model that a run kept of a step, RUN/step-1000. */
  private static Optional<Path> keptModel(List<RunDirectory> runs, String name) {
    Matcher of = KEPT.matcher(name);
    if (!of.matches()) {
      return Optional.empty();
    }
    long step = Long.parseLong(of.group(2));
    return Stream.concat(runs.stream(), runs.stream().map(RunDirectory::backward))
        .filter(run -> composed(run.name()).equals(composed(of.group(1))))
        .map(run -> KeptModels.of(run).file(step))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static String notFound(Path modelsDir, String name, List<RunDirectory> runs)
      throws IOException {
    Path ofRun = NAME.matcher(composed(name)).matches() ? named(modelsDir, name).path() : null;
    for (Path path : ofRun == null ? List.of(Path.of(name)) : List.of(Path.of(name), ofRun)) {
      if (PathState.isTaken(path)) {
        return "no model can be read from '" + name + "': " + new RunDirectory(path).whyNoModel();
      }
    }
    boolean isPath = Path.of(name).getNameCount() > 1 || Path.of(name).isAbsolute();
    String state = PathState.describe(Path.of(name));
    return isPath && !state.endsWith(" does not exist")
        ? "no model can be read from '" + name + "': " + state
        : unknown(modelsDir, name, runs);
  }

  /** Says what is here instead of a model. */
  private String whyNoModel() throws IOException {
    for (Path file : List.of(best(), last(), rollback())) {
      if (PathState.isTaken(file)) {
        return PathState.describe(file);
      }
    }
    String state = PathState.describe(path);
    if (!Files.isDirectory(path) || !Files.isReadable(path) || !Files.isExecutable(path)) {
      return state;
    }
    List<RunDirectory> within = all(path);
    return within.isEmpty()
        ? state + " without a best.zip, last.zip or rollback.zip"
        : state
            + " of runs; name one of them: "
            + String.join(", ", within.stream().map(run -> run.path().toString()).toList());
  }

  private static String unknown(Path modelsDir, String name, List<RunDirectory> runs) {
    String there =
        runs.isEmpty()
            ? "there are none in "
                + modelsDir
                + " but the bundled one; train one with: charnn train"
            : "in "
                + modelsDir
                + " there are: "
                + String.join(", ", runs.stream().map(RunDirectory::name).toList())
                + "; and there is the bundled one";
    return "there is no model '" + name + "'; " + there;
  }

  /** Returns the model to sample from: the best if there is one, else the last. */
  public Optional<Path> modelFile() {
    return Stream.of(best(), last(), rollback()).filter(Files::isRegularFile).findFirst();
  }

  private FileTime lastSaved() {
    return Stream.of(this, backward())
        .flatMap(run -> Stream.of(run.best(), run.last(), run.rollback()))
        .map(RunDirectory::modified)
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }
}
