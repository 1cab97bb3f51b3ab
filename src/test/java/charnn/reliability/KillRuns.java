package charnn.reliability;

import charnn.checkpoint.ModelFile;
import charnn.checkpoint.RunDirectory;
import charnn.model.Model;
import charnn.model.Progress;
import charnn.model.TrainingState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Kills the real program at random moments (SIGKILL), resumes it, and compares what it ends with to
 * a run that was left alone: every bit of the parameters, the optimizer's and the carried state,
 * the rows of metrics but for the clock, those of the layers, and the samples. Started by
 * scripts/kill-test.sh.
 *
 * <p>Arguments: the launcher, a folder to work in, how many kills, a seed.
 */
final class KillRuns {
  /** Runs of a few thousand small steps, with a long enough evaluation to be hit by kills. */
  private static final List<List<String>> RUNS =
      List.of(
          List.of("--steps", "4000", "--dropout", "0.3", "--validation", "0.5"),
          List.of("--epochs", "12", "--windows", "random", "--threads", "1"),
          List.of(
              "--epochs", "60", "--hidden", "40", "--weight-drop", "0.3", "--validation", "0.4"),
          List.of("--steps", "4000", "--layers", "1", "--dropout", "0.2", "--validation", "0.5"),
          List.of("--steps", "1500", "--engine", "scalar", "--hidden", "24"),
          List.of("--steps", "4000", "--cell", "gru", "--dropout", "0.2"),
          List.of("--steps", "3000", "--cell", "mlstm", "--layers", "2", "--validation", "0.4"),
          List.of("--epochs", "20", "--cell", "phased-lstm", "--weight-drop", "0.2"));

  /** Kills of one run, after which it is left to end. */
  private static final int KILLS_PER_RUN = 12;

  private static final List<String> SMALL =
      List.of("--batch-size", "16", "--seq-length", "16", "--checkpoint-every", "0s", "--quiet");

  private final Path launcher;
  private final Path work;
  private final int kills;
  private final SplittableRandom random;
  private final Map<String, Integer> phases = new TreeMap<>();
  private int killed;
  private int compared;
  private long mostLost;

  private KillRuns(Path launcher, Path work, int kills, long seed) {
    this.launcher = launcher;
    this.work = work;
    this.kills = kills;
    this.random = new SplittableRandom(seed);
  }

  public static void main(String[] args) throws Exception {
    KillRuns runs =
        new KillRuns(
            Path.of(args[0]).toAbsolutePath(),
            Files.createDirectories(Path.of(args[1])),
            Integer.parseInt(args[2]),
            Long.parseLong(args[3]));
    for (int i = 0; runs.killed < runs.kills; i++) {
      runs.round(i);
    }
    runs.report();
  }

  @SuppressWarnings("SystemOut") // a program of its own
  private static void print(String line) {
    System.out.println(line);
  }

  private void round(int number) throws Exception {
    List<String> settings = new ArrayList<>(SMALL);
    if (!RUNS.get(number % RUNS.size()).contains("--hidden")) {
      settings.addAll(List.of("--hidden", "64"));
    }
    settings.addAll(RUNS.get(number % RUNS.size()));
    RunDirectory broken = new RunDirectory(work.resolve("broken" + number));
    int killedBefore = killed;
    while (true) {
      boolean resumes = broken.isResumable();
      Process process = start(broken, resumes ? List.of("--resume") : settings);
      // Long enough to come past the start now and then, short enough to hit everything.
      if (killed < Math.min(kills, killedBefore + KILLS_PER_RUN)
          && !process.waitFor(random.nextInt(300, 2500), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
        killed++;
        phases.merge(phase(broken), 1, Integer::sum);
        check(broken);
        continue;
      }
      if (process.waitFor() != 0) {
        throw new IllegalStateException(
            "run " + number + " failed:\n" + Files.readString(work.resolve("err")));
      }
      break;
    }
    RunDirectory straight = new RunDirectory(work.resolve("straight" + number));
    if (start(straight, settings).waitFor() != 0) {
      throw new IllegalStateException(Files.readString(work.resolve("err")));
    }
    compare(straight, broken);
    compared++;
    print("run " + number + " " + settings + ": the same bits; " + killed + " kills so far");
  }

  private Process start(RunDirectory run, List<String> options) throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString(), "train"));
    command.addAll(List.of("--name", run.name(), "--models-dir", work.toString()));
    if (options.equals(List.of("--resume"))) {
      command.addAll(List.of("--checkpoint-every", "0s", "--quiet"));
    }
    command.addAll(options);
    return new ProcessBuilder(command)
        .redirectOutput(work.resolve("out").toFile())
        .redirectError(work.resolve("err").toFile())
        .start();
  }

  /** Returns, from the traces, what a killed process was at. */
  private static String phase(RunDirectory run) throws IOException {
    if (!Files.isDirectory(run.path())) {
      return "before the first checkpoint";
    }
    try (Stream<Path> files = Files.list(run.path())) {
      for (Path file : files.filter(f -> f.toString().endsWith(".zip.tmp")).toList()) {
        return isWhole(file) ? "between write and rename" : "checkpoint write";
      }
    }
    if (!run.isResumable()) {
      return "before the first checkpoint";
    }
    List<String> log = Files.readAllLines(run.log(), StandardCharsets.UTF_8);
    String last = log.isEmpty() ? "" : log.get(log.size() - 1);
    return last.contains("evaluation:") ? "evaluation" : "training loop or start";
  }

  private static boolean isWhole(Path file) {
    try {
      ModelFile.read(file);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** What a kill leaves must be readable, and not far behind. */
  private void check(RunDirectory run) throws IOException {
    if (!run.isResumable()) {
      return;
    }
    Progress progress =
        ModelFile.read(
                run.newestCheckpoint(
                    broken -> {
                      throw new IllegalStateException(broken);
                    }))
            .progress();
    if (Files.exists(run.best())) {
      ModelFile.read(run.best());
    }
    if (Files.exists(run.metrics())) {
      List<String> rows = Files.readAllLines(run.metrics(), StandardCharsets.UTF_8);
      String last = rows.get(rows.size() - 1);
      if (Character.isDigit(last.charAt(0)) && last.indexOf(',') > 0) {
        long reached = Long.parseLong(last.substring(0, last.indexOf(',')));
        mostLost = Math.max(mostLost, reached - progress.step());
      }
    }
  }

  private static void compare(RunDirectory straight, RunDirectory broken) throws IOException {
    ModelFile.Checkpoint expected = ModelFile.readCheckpoint(straight.last());
    ModelFile.Checkpoint actual = ModelFile.readCheckpoint(broken.last());
    TrainingState expectedState = expected.training().orElseThrow();
    TrainingState actualState = actual.training().orElseThrow();
    Model best = ModelFile.read(straight.best());
    require("parameters", expected.model().network(), actual.model().network());
    require("best parameters", best.network(), ModelFile.read(broken.best()).network());
    require("first moment", Arrays.equals(expectedState.firstMoment(), actualState.firstMoment()));
    require(
        "second moment", Arrays.equals(expectedState.secondMoment(), actualState.secondMoment()));
    require(
        "carried state",
        Arrays.deepEquals(expectedState.carried().values(), actualState.carried().values()));
    require("metrics", rows(straight.metrics()).equals(rows(broken.metrics())));
    require("layers", Files.mismatch(straight.layers(), broken.layers()) < 0);
    require("samples", Files.mismatch(straight.samples(), broken.samples()) < 0);
  }

  private static void require(String what, charnn.nn.Network expected, charnn.nn.Network actual) {
    require(what, Arrays.equals(expected.parameters(), actual.parameters()));
  }

  private static void require(String what, boolean same) {
    if (!same) {
      throw new IllegalStateException(what + " differ");
    }
  }

  /** The rows without the clock, which is the last column. */
  private static List<String> rows(Path metrics) throws IOException {
    return Files.readAllLines(metrics, StandardCharsets.UTF_8).stream()
        .map(row -> row.substring(0, row.lastIndexOf(',')))
        .toList();
  }

  private void report() {
    print(killed + " kills; " + compared + " runs ended with the same bits as ones left alone");
    phases.forEach((phase, count) -> print(count + " " + phase));
    print("steps between the last row of metrics and the checkpoint, at most: " + mostLost);
  }
}
