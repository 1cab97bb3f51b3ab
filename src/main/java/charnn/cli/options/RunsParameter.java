package charnn.cli.options;

import charnn.cli.console.Console;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs given as arguments. */
public final class RunsParameter {
  @Parameters(
      paramLabel = "RUN",
      arity = "0..*",
      preprocessor = AttachedValue.class,
      description =
          "Names of runs, their folders, model files or 'bundled' (default: the run saved last,"
              + " else the bundled model).")
  private List<String> names;

  @Mixin private ModelsDirOption modelsDir;

  /** Returns the models of the runs in the order in which they are given, of a pair both. */
  public List<ModelOptions.Found> find(Console console) throws IOException {
    if (names != null) {
      names.forEach(name -> ModelOptions.requireNamed("RUN", name));
    }
    List<ModelOptions.Found> all = new ArrayList<>();
    for (ModelOptions.Found found : ModelOptions.findAll(console, modelsDir, names)) {
      all.add(found);
      ModelOptions.backwardOf(found).ifPresent(all::add);
    }
    return all;
  }
}
