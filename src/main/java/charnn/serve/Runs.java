package charnn.serve;

import charnn.checkpoint.RunDirectory;
import charnn.serve.http.Answer;
import charnn.serve.http.ApiException;
import charnn.serve.http.Exchange;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code GET /v1/runs} and {@code GET /v1/runs/NAME/metrics.csv}: how the runs train. */
final class Runs {
  private static final String METRICS = "/metrics.csv";

  /** What a client is sent at most: the end of a longer file. */
  private static final int MAX_BYTES = 8 << 20;

  private final Path modelsDir;
  private final boolean shown;

  /**
   * @param shown whether clients may see runs at all
   */
  Runs(Path modelsDir, boolean shown) {
    this.modelsDir = modelsDir;
    this.shown = shown;
  }

  private List<RunDirectory> runs() throws IOException {
    List<RunDirectory> runs = new ArrayList<>();
    if (shown) {
      for (RunDirectory run : RunDirectory.all(modelsDir)) {
        runs.add(run);
        if (run.isPair()) {
          runs.add(run.backward());
        }
      }
    }
    return runs;
  }

  void list(Exchange exchange, String rest) throws ApiException {
    JsonArray data = new JsonArray();
    try {
      for (RunDirectory run : runs()) {
        if (Files.isRegularFile(run.metrics())) {
          JsonObject one = new JsonObject();
          one.addProperty("id", run.name());
          one.addProperty("updated", Files.getLastModifiedTime(run.metrics()).toMillis() / 1000);
          data.add(one);
        }
      }
    } catch (IOException e) {
      throw ApiException.unavailable("runs_not_readable", "the runs cannot be listed");
    }
    JsonObject list = new JsonObject();
    list.addProperty("object", "list");
    list.add("data", data);
    exchange.answer(Answer.json(200, list));
  }

  /** Answers with a run's metrics, or that they have not changed. */
  void metrics(Exchange exchange, String rest) throws ApiException {
    String name = rest.endsWith(METRICS) ? rest.substring(0, rest.length() - METRICS.length()) : "";
    try {
      for (RunDirectory run : runs()) {
        if (run.name().equals(name) && Files.isRegularFile(run.metrics())) {
          answer(exchange, run.metrics());
          return;
        }
      }
    } catch (IOException e) {
      throw ApiException.unavailable("run_not_readable", "the run cannot be read");
    }
    throw ApiException.notFound(
        null, "run_not_found", "there is no such run; GET /v1/runs lists them");
  }

  private static void answer(Exchange exchange, Path file) throws IOException {
    BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
    String tag =
        "\""
            + Long.toHexString(found.lastModifiedTime().toMillis())
            + "-"
            + Long.toHexString(found.size())
            + "\"";
    Map<String, String> headers = Map.of("ETag", tag);
    if (exchange.header("If-None-Match").equals(tag)) {
      exchange.answer(new Answer(304, "", new byte[0], headers));
      return;
    }
    if (found.size() > MAX_BYTES) {
      throw new IOException("the metrics are too long");
    }
    exchange.answer(new Answer(200, "text/csv; charset=utf-8", Files.readAllBytes(file), headers));
  }
}
