package charnn.cli.options;

import static charnn.util.Formats.format;

import charnn.checkpoint.ModelFile;
import charnn.checkpoint.ModelFileException;
import charnn.checkpoint.RunDirectory;
import charnn.cli.console.Console;
import charnn.data.Direction;
import charnn.engine.registry.EngineType;
import charnn.model.Model;
import charnn.util.PathState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which models to use. */
public final class ModelOptions {
  @Option(
      names = "--model",
      paramLabel = "NAME|FILE",
      preprocessor = AttachedValue.class,
      description =
          "Name of a run, a model file or 'bundled' (default: the run saved last, else the bundled"
              + " model); NAME/backward is the second model of a pair.")
  private List<String> names;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Mixin private ModelsDirOption modelsDir;

  /**
   * @throws UsageException if the name is given and empty
   */
  static void requireNamed(String option, String name) {
    if (name != null && name.isEmpty()) {
      throw new UsageException(option + " needs a run's name or a model file, got ''");
    }
  }

  /**
   * A model and where it was found.
   *
   * @param label its name in messages: what {@code --model} takes for it
   */
  public record Found(Path file, String label, Model model) {
    /** Returns the direction in which it reads. */
    public Direction direction() {
      return model.hyperparameters().direction();
    }

    /**
     * Checks that an engine computes it.
     *
     * @throws charnn.util.InvalidSettingException if not
     */
    public void requireEngine(EngineType kind) {
      kind.requireModelOf(model.network().architecture());
    }
  }

  /**
   * Returns the one model.
   *
   * @throws UsageException if there are several
   */
  public Found find(Console console) throws IOException {
    if (names != null && names.size() > 1) {
      throw new UsageException(
          format(
              "%s takes one --model, got %d: %s; sample, continue, eval and score take several",
              command.name(), names.size(), String.join(", ", names)));
    }
    return findAll(console).get(0);
  }

  /**
   * Returns the models in the order in which they are given, all of one direction; of a pair, the
   * one that reads so.
   *
   * @param instead what to do where a model reads in the other direction
   * @throws UsageException if one does
   */
  public List<Found> findAll(Console console, Direction direction, String instead)
      throws IOException {
    List<Found> found = new ArrayList<>(findAll(console));
    if (direction == Direction.BACKWARD) {
      for (int i = 0; i < found.size(); i++) {
        found.set(i, backwardOf(found.get(i)).orElse(found.get(i)));
      }
    }
    for (Found one : found) {
      if (one.direction() != direction) {
        throw new UsageException(
            format("%s reads %s: %s", one.label(), one.direction().adverb(), instead));
      }
    }
    return found;
  }

  /**
   * Returns the one model and, if it is the first of a pair, the second, which reads backwards, if
   * that is trained at all.
   *
   * @throws UsageException if several are given
   */
  public List<Found> findPair(Console console) throws IOException {
    Found found = find(console);
    return Stream.concat(Stream.of(found), backwardOf(found).stream()).toList();
  }

  /** Returns the second model of the pair of which one is the first, if it is trained at all. */
  static Optional<Found> backwardOf(Found found) throws IOException {
    return secondOf(found).filter(second -> second.model().progress().step() > 0);
  }

  /** Returns the second model of the pair of which one is the first, trained or not. */
  static Optional<Found> secondOf(Found found) throws IOException {
    Optional<Path> file = RunDirectory.backwardOf(found.file());
    if (found.direction() == Direction.BACKWARD || file.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Found(file.get(), secondLabel(found.label(), file.get()), ModelFile.read(file.get())));
  }

  /**
   * Returns the name of a pair's second model.
   *
   * @param first name of the first: a run's, its folder or a file in that
   * @param file of the second
   */
  private static String secondLabel(String first, Path file) {
    Path path = Path.of(first);
    return Files.isRegularFile(path)
        ? path.resolveSibling(RunDirectory.BACKWARD).resolve(file.getFileName()).toString()
        : first.replaceFirst("/$", "") + "/" + RunDirectory.BACKWARD;
  }

  /** Returns how many models there are: one if none is given. */
  public int count() {
    return names == null ? 1 : names.size();
  }

  /** Returns the models in the order in which they are given; the default is one model. */
  public List<Found> findAll(Console console) throws IOException {
    if (names != null) {
      names.forEach(name -> requireNamed("--model", name));
    }
    return findAll(console, modelsDir, names);
  }

  /**
   * Returns the models of names, as {@code --model} finds them.
   *
   * @param names null for the default
   */
  static List<Found> findAll(Console console, ModelsDirOption modelsDir, List<String> names)
      throws IOException {
    Path folder = modelsDir.path(console);
    if (modelsDir.isGiven() && !Files.isDirectory(folder)) {
      throw new ModelFileException(
          (PathState.isTaken(folder) ? PathState.describe(folder) : "there is no folder " + folder)
              + "; --models-dir names the folder of all runs");
    }
    List<Found> found = new ArrayList<>();
    for (String name : names == null ? Collections.<String>singletonList(null) : names) {
      found.add(find(console, folder, name));
    }
    return found;
  }

  /** Returns the model of a name, as {@code --model} finds it. */
  Found find(Console console, String name) throws IOException {
    return find(console, modelsDir.path(console), name);
  }

  /** Returns the model of a name; of a pair, the second, which reads backwards, trained or not. */
  Found findBackward(Console console, String name) throws IOException {
    Found found = find(console, name);
    return secondOf(found).orElse(found);
  }

  /**
   * @param name null for the default
   */
  private static Found find(Console console, Path folder, String name) throws IOException {
    Path file = RunDirectory.findModel(folder, name, console.bundledModel());
    String label =
        name != null
            ? name
            : file.equals(console.bundledModel())
                ? RunDirectory.BUNDLED
                : new RunDirectory(file.toAbsolutePath().getParent()).name();
    return new Found(file, label, ModelFile.read(file));
  }
}
