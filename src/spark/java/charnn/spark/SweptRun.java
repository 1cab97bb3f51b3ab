package charnn.spark;

import charnn.checkpoint.ModelFile;
import charnn.checkpoint.ModelFileException;
import charnn.checkpoint.RunDirectory;
import charnn.checkpoint.RunLock;
import charnn.checkpoint.RunLockedException;
import charnn.model.Model;
import charnn.model.Progress;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskContext;

/**
 * A run of a sweep, trained on an executor by a process of its own: what happens to it happens to
 * no other run.
 *
 * @param name of the run
 * @param failure why it is not through; null if it is
 * @param steps made
 * @param epochs likewise
 * @param bestStep of the lowest validation loss; -1 if there is none
 * @param loss the lowest validation loss, nats per character
 */
public record SweptRun(
    String name, String failure, long steps, double epochs, long bestStep, double loss)
    implements Serializable {
  private static final int USAGE = 2; // exit code
  private static final int ATTEMPTS = 3;
  static final long SECONDS_TO_SAVE = 60;
  private static final long LOCK_POLL_MILLIS = 2000;

  /** Says how a run of the list is trained. */
  record Task(RunList.Run run, String folder, String workingFolder, List<String> javaOptions)
      implements Serializable {}

  /** Trains a run to its end, or resumes it. A run that is through is not trained again. */
  static SweptRun train(Task task) throws IOException, InterruptedException {
    RunDirectory directory = RunDirectory.named(Path.of(task.folder()), task.run().name());
    waitForOther(directory);
    String failure = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int code = process(task, directory);
      failure = code == 0 ? null : "exit code " + code + reason(task);
      if (code == 0 || code == USAGE) {
        break;
      }
    }
    return result(directory, task.run().name(), failure);
  }

  /** A process that an executor left when it was killed trains on: the run is then its own. */
  private static void waitForOther(RunDirectory directory)
      throws IOException, InterruptedException {
    while (directory.exists()) {
      try {
        RunLock.take(directory).close();
        return;
      } catch (RunLockedException e) {
        Thread.sleep(LOCK_POLL_MILLIS);
      }
    }
  }

  private static int process(Task task, RunDirectory directory)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(task.javaOptions());
    command.add("-Dcharnn.home=" + System.getProperty("charnn.home", ""));
    command.addAll(List.of("-cp", jar(), "charnn.Main", "train"));
    command.addAll(List.of("--models-dir", task.folder(), "--name", task.run().name()));
    if (directory.isResumable()) {
      command.add("--resume");
    }
    List<String> options = task.run().options();
    command.addAll(options);
    if (options.stream().noneMatch(option -> option.startsWith("--threads"))) {
      command.addAll(List.of("--threads", Integer.toString(TaskContext.get().cpus())));
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    File from = new File(task.workingFolder());
    if (from.isDirectory()) {
      builder.directory(from);
    }
    Files.createDirectories(Path.of(task.folder()));
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(file(task, ".out").toFile()));
    builder.redirectError(ProcessBuilder.Redirect.appendTo(file(task, ".log").toFile()));
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      return process.waitFor();
    } finally {
      if (process.isAlive()) { // The task is to end: the run is saved.
        process.destroy();
        process.waitFor(SECONDS_TO_SAVE, TimeUnit.SECONDS);
      }
    }
  }

  /** Returns the jar that this class is from. */
  private static String jar() throws IOException {
    try {
      return Path.of(SweptRun.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IOException("charnn's jar cannot be found on this machine", e);
    }
  }

  private static Path file(Task task, String ending) {
    return Path.of(task.folder(), task.run().name() + ending);
  }

  /** Returns the last error in the log of a run. */
  private static String reason(Task task) throws IOException {
    List<String> lines =
        Files.readAllLines(file(task, ".log"), java.nio.charset.StandardCharsets.UTF_8);
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (lines.get(i).startsWith("charnn: ")) {
        return ": " + lines.get(i).substring("charnn: ".length());
      }
    }
    return "";
  }

  private static SweptRun result(RunDirectory directory, String name, String failure) {
    try {
      Model model = ModelFile.read(directory.newestCheckpoint(note -> {}));
      Progress progress = model.progress();
      return progress.evaluations().stream()
          .min(Comparator.comparingDouble(one -> one.validation().loss()))
          .map(
              best ->
                  new SweptRun(
                      name,
                      failure,
                      progress.step(),
                      progress.epoch(),
                      best.step(),
                      best.validation().loss()))
          .orElse(new SweptRun(name, failure, progress.step(), progress.epoch(), -1, Double.NaN));
    } catch (ModelFileException e) {
      return new SweptRun(name, failure == null ? e.getMessage() : failure, 0, 0, -1, Double.NaN);
    }
  }
}
