package charnn.serve;

import charnn.generate.ContinuousBatch;
import charnn.generate.SamplingSettings;
import charnn.generate.Start;
import charnn.generate.TextSink;
import charnn.serve.http.ApiException;
import charnn.serve.http.Exchange;
import java.util.List;
import java.util.stream.IntStream;

/** {@code POST /v1/completions}. */
final class Completions implements Endpoint {
  private static final int WARM_UP_LENGTH = 300;
  private static final int[] WARM_UP_TEXTS = {1, 8};

  private final ModelShelf shelf;
  private final BatchThread batches;
  private final long nanos;

  /**
   * @param nanos of a request at most
   */
  Completions(ModelShelf shelf, BatchThread batches, long nanos) {
    this.shelf = shelf;
    this.batches = batches;
    this.nanos = nanos;
  }

  @Override
  public void handle(Exchange exchange, String rest) throws ApiException {
    long deadline = System.nanoTime() + nanos;
    CompletionRequest request = CompletionRequest.of(Fields.of(exchange), batches.mostTexts());
    ServedModel model = shelf.get(request.model());
    if (model.isBackward()) {
      throw ApiException.badRequest(
          "model", "'" + model.id() + "' reads backwards, and a completion is what follows");
    }
    new Completion(request, model, exchange, deadline).start(batches);
  }

  /** Reads the first model and has it write, so that the first request need not wait for that. */
  void warmUp() {
    try {
      ServedModel model = shelf.get((String) null);
      for (int texts : WARM_UP_TEXTS) {
        batches.submit(new WarmUp(model, Math.min(texts, batches.mostTexts())));
      }
    } catch (ApiException e) {
      return; // The first request is told.
    }
  }

  /** Texts that nobody reads. */
  private record WarmUp(ServedModel model, int texts) implements BatchThread.Job {
    @Override
    public List<ContinuousBatch.Task> tasks() {
      SamplingSettings settings = SamplingSettings.ofTemperature(1);
      TextSink nowhere = (text, codePoint) -> true;
      return List.of(
          new ContinuousBatch.Task(
              new int[] {0},
              Start.PARAGRAPH,
              WARM_UP_LENGTH,
              IntStream.range(0, texts).mapToObj(settings::sampler).toList(),
              nowhere,
              null));
    }

    @Override
    public boolean isOver() {
      return false;
    }

    @Override
    public void fail(ApiException reason) {}
  }
}
