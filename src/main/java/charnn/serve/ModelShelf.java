package charnn.serve;

import charnn.checkpoint.ModelFile;
import charnn.checkpoint.ModelFileException;
import charnn.checkpoint.RunDirectory;
import charnn.engine.Engine;
import charnn.model.Model;
import charnn.serve.http.ApiException;
import charnn.util.Formats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The models that requests may name. One is read when it is first asked for, and again when its
 * file has changed. If they take too much memory together, the one used least recently is dropped.
 */
final class ModelShelf {
  private final Path modelsDir;
  private final Path bundled;
  private final Map<String, String> named; // what the user called each, by its id; empty: all runs
  private final Engine ofBatches;
  private final Engine ofOneThread;
  private final long mostBytes;
  private final Consumer<String> log;
  private final Map<String, Held> held = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * A model that can be asked for.
   *
   * @param id what requests call it; tells no path
   */
  record Entry(String id, Path file) {
    /** Returns when the file was written, in seconds since 1970; 0 if that is not known. */
    long created() {
      try {
        return Files.getLastModifiedTime(file).toMillis() / 1000;
      } catch (IOException e) {
        return 0;
      }
    }
  }

  /** What tells one content of a file from another. */
  private record Content(Path file, Object key, long millis, long bytes) {
    static Content of(Path file) throws IOException {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return new Content(file, found.fileKey(), found.lastModifiedTime().toMillis(), found.size());
    }
  }

  private record Held(Content content, ServedModel model) {}

  /**
   * @param names of runs, files or the bundled model; empty: all runs and the bundled model
   * @param ofBatches engine of the thread that computes the batches
   * @param ofOneThread engine that any thread may use
   * @param log receives a line on a model that cannot be read
   */
  ModelShelf(
      Path modelsDir,
      Path bundled,
      Collection<String> names,
      Engine ofBatches,
      Engine ofOneThread,
      long mostBytes,
      Consumer<String> log) {
    this.modelsDir = modelsDir;
    this.bundled = bundled;
    this.ofBatches = ofBatches;
    this.ofOneThread = ofOneThread;
    this.mostBytes = mostBytes;
    this.log = log;
    named = new LinkedHashMap<>();
    for (String name : names) {
      String id = id(name);
      for (int n = 2; named.containsKey(id); n++) {
        id = id(name) + "-" + n;
      }
      named.put(id, name);
    }
  }

  /** Returns what a model is called in requests: of a path, the last name. */
  private static String id(String name) {
    Path path = Path.of(name);
    if (path.getNameCount() == 2 && path.endsWith(RunDirectory.BACKWARD) && !path.isAbsolute()) {
      return name;
    }
    if (Files.isRegularFile(path)) {
      RunDirectory run = new RunDirectory(path.toAbsolutePath().getParent());
      return path.toAbsolutePath().equals(run.best())
              || path.toAbsolutePath().equals(run.last())
              || path.toAbsolutePath().equals(run.rollback())
          ? run.name()
          : RunDirectory.nameFor(path);
    }
    return path.getFileName() == null ? "model" : path.getFileName().toString();
  }

  /** Returns the models that there are, the one to use first where none is named. */
  List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, String> one : named.entrySet()) {
      entries.add(
          new Entry(one.getKey(), RunDirectory.findModel(modelsDir, one.getValue(), bundled)));
    }
    if (!named.isEmpty()) {
      return entries;
    }
    for (RunDirectory run : RunDirectory.all(modelsDir)) {
      for (RunDirectory each : List.of(run, run.backward())) {
        each.modelFile().ifPresent(file -> entries.add(new Entry(each.name(), file)));
      }
    }
    if (Files.isRegularFile(bundled)) {
      entries.add(new Entry(RunDirectory.BUNDLED, bundled));
    }
    return entries;
  }

  /**
   * Returns an entry.
   *
   * @param id null: the first
   */
  Entry entry(String id) throws ApiException {
    List<Entry> entries;
    try {
      entries = entries();
    } catch (IOException e) {
      throw unreadable("the list of models", e);
    }
    Optional<Entry> found =
        entries.stream().filter(entry -> id == null || entry.id.equals(id)).findFirst();
    if (found.isEmpty()) {
      String shown = id != null && id.length() > 100 ? id.substring(0, 100) + "..." : id;
      throw ApiException.notFound(
          "model",
          "model_not_found",
          id == null
              ? "there is no model here; train one with: charnn train"
              : "there is no model '" + shown + "'; GET /v1/models lists them");
    }
    return found.get();
  }

  /**
   * Returns a model, which may have to be read.
   *
   * @param id null: the first
   */
  ServedModel get(String id) throws ApiException {
    return get(entry(id));
  }

  /** Returns the model that reads backwards of the pair whose first one has an id. */
  ServedModel backward(String id) throws ApiException {
    Entry first = entry(id);
    Path file =
        RunDirectory.backwardOf(first.file)
            .orElseThrow(
                () ->
                    ApiException.badRequest(
                        "model",
                        "'"
                            + first.id
                            + "' is no pair of models, which filling needs: train one with charnn train, in both directions"));
    return get(new Entry(first.id + "/" + RunDirectory.BACKWARD, file));
  }

  private synchronized ServedModel get(Entry entry) throws ApiException {
    try {
      Content content = Content.of(entry.file);
      Held before = held.get(entry.id);
      if (before != null && before.content.equals(content)) {
        return before.model;
      }
      held.remove(entry.id);
      Model read = ModelFile.read(entry.file);
      makeRoom(entry.id, ServedModel.bytes(read));
      ServedModel model = new ServedModel(entry.id, entry.created(), read, ofBatches, ofOneThread);
      held.put(entry.id, new Held(content, model));
      return model;
    } catch (IOException e) {
      throw unreadable("the model '" + entry.id + "'", e);
    } catch (OutOfMemoryError e) {
      held.clear();
      throw tooLarge(entry.id);
    }
  }

  private void makeRoom(String id, long bytes) throws ApiException {
    if (bytes > mostBytes) {
      throw tooLarge(id);
    }
    long sum = bytes;
    for (Held each : held.values()) {
      sum += ServedModel.bytes(each.model.model());
    }
    for (var oldest = held.entrySet().iterator(); sum > mostBytes; ) {
      sum -= ServedModel.bytes(oldest.next().getValue().model.model());
      oldest.remove();
    }
  }

  /** Returns how many models are in memory. */
  synchronized int held() {
    return held.size();
  }

  private static ApiException tooLarge(String id) {
    return ApiException.unavailable(
        "model_too_large", "there is not enough memory for the model '" + id + "'");
  }

  /** The reason names files, so it is for the server's own log alone. */
  private ApiException unreadable(String what, IOException e) {
    log.accept(e instanceof ModelFileException ? e.getMessage() : what + ": " + Formats.reason(e));
    return ApiException.unavailable(
        "model_not_readable", what + " cannot be read; the server has printed why");
  }
}
