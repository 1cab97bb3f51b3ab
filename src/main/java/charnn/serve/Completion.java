package charnn.serve;

import charnn.generate.ContinuousBatch;
import charnn.generate.Prediction;
import charnn.generate.Prompt;
import charnn.generate.Sampler;
import charnn.generate.SamplingSettings;
import charnn.generate.Start;
import charnn.generate.StopRule;
import charnn.generate.TextSink;
import charnn.generate.Until;
import charnn.serve.http.Answer;
import charnn.serve.http.ApiException;
import charnn.serve.http.EventSource;
import charnn.serve.http.Exchange;
import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The texts of one request, from the thread that computes them to the client, as a whole or as they
 * come.
 */
final class Completion implements BatchThread.Job, EventSource {
  private static final AtomicLong COUNT = new AtomicLong();
  private static final String DONE = "[DONE]";

  private final CompletionRequest request;
  private final ServedModel model;
  private final Exchange exchange;
  private final long deadline; // in nanoseconds
  private final String id;
  private final long created = System.currentTimeMillis() / 1000;
  private final Set<String> warnings = new LinkedHashSet<>();
  private final List<ContinuousBatch.Task> tasks = new ArrayList<>();
  private final List<Choice> choices = new ArrayList<>(); // their contents are guarded by this
  private int promptCharacters;
  private int unended; // texts, guarded by this
  private boolean begun; // guarded by this
  private boolean ends; // the client was sent the last event; guarded by this
  private volatile boolean closed; // nothing more is wanted
  private volatile ApiException failure; // of a stream; null: none
  private Runnable wake = () -> {};

  /**
   * @param deadline of the texts, by {@link System#nanoTime}
   */
  Completion(CompletionRequest request, ServedModel model, Exchange exchange, long deadline)
      throws ApiException {
    this.request = request;
    this.model = model;
    this.exchange = exchange;
    this.deadline = deadline;
    id = "cmpl-" + Long.toHexString(created) + "-" + COUNT.incrementAndGet();
    SamplingSettings settings = request.sampling().of(model);
    if (request.until() == Until.DOCUMENT && model.vocabulary().documentMark() < 0) {
      throw ApiException.badRequest(
          "until",
          "until document needs a model of documents, and '" + model.id() + "' is of one text");
    }
    StopRule rule = new StopRule(model.phrases(request.stops()), false, request.until());
    for (String prompt : request.prompts()) {
      tasks.add(task(prompt, settings, rule));
    }
    unended = choices.size();
  }

  private ContinuousBatch.Task task(String prompt, SamplingSettings settings, StopRule rule) {
    Prompt read = model.prompt(prompt);
    warnings.addAll(read.warnings());
    promptCharacters += read.indices().length;
    boolean wantsAll = request.alternatives() >= 0 && request.echo();
    int offset =
        request.alternatives() < 0
            ? -1
            : request.echo() ? 0 : prompt.codePointCount(0, prompt.length());
    List<Choice> own = new ArrayList<>();
    List<Sampler> samplers = new ArrayList<>();
    for (int i = 0; i < request.texts(); i++) {
      own.add(
          new Choice(
              choices.size() + i,
              rule,
              model.spelled(prompt),
              request.echo() ? prompt : "",
              offset));
      samplers.add(settings.sampler(request.seed(i)));
    }
    choices.addAll(own);
    if (wantsAll && read.indices().length > 0) {
      own.forEach(choice -> choice.addOfPrompt(character(read.indices()[0]), null));
    }
    return new ContinuousBatch.Task(
        read.indices(),
        Start.PARAGRAPH,
        request.length(),
        samplers,
        new Sink(own),
        wantsAll ? new OfPrompt(read.indices(), own) : null);
  }

  private String character(int token) {
    return Character.toString(model.vocabulary().codePoint(token));
  }

  /** Receives how probable the prompt is. */
  private final class OfPrompt implements Consumer<Prediction> {
    private final int[] tokens;
    private final List<Choice> texts;
    private int next = 1;

    OfPrompt(int[] tokens, List<Choice> texts) {
      this.tokens = tokens;
      this.texts = texts;
    }

    @Override
    public void accept(Prediction prediction) {
      String read = character(tokens[next++]);
      synchronized (Completion.this) {
        texts.forEach(text -> text.addOfPrompt(read, prediction));
      }
    }
  }

  /** Receives the texts of one prompt. */
  private final class Sink implements TextSink {
    private final List<Choice> texts;

    Sink(List<Choice> texts) {
      this.texts = texts;
    }

    @Override
    public int alternatives() {
      return request.alternatives() < 0 ? NO_PREDICTIONS : request.alternatives();
    }

    @Override
    public boolean write(int text, int codePoint) {
      return write(text, codePoint, null);
    }

    @Override
    public boolean write(int text, int codePoint, Prediction prediction) {
      boolean continues;
      synchronized (Completion.this) {
        continues = texts.get(text).write(codePoint, prediction);
      }
      wake.run();
      return continues && System.nanoTime() < deadline;
    }

    @Override
    public void end(int text) {
      synchronized (Completion.this) {
        texts.get(text).end();
        unended--;
      }
      if (request.stream()) {
        wake.run();
      } else {
        answerIfEnded();
      }
    }

    @Override
    public boolean isClosed() {
      return closed;
    }
  }

  /** Has the texts computed, and the client answered. */
  void start(BatchThread batches) throws ApiException {
    exchange.onLeave(() -> closed = true);
    if (request.stream()) {
      StreamStart late = new StreamStart();
      wake = late;
      batches.submit(this); // May refuse it: then the answer is no stream.
      late.start();
    } else {
      batches.submit(this);
    }
  }

  /** Wakes the stream, which begins after the first texts may have come. */
  private final class StreamStart implements Runnable {
    private volatile Runnable stream = () -> {};

    void start() {
      stream = exchange.stream(Completion.this);
      stream.run();
    }

    @Override
    public void run() {
      stream.run();
    }
  }

  @Override
  public ServedModel model() {
    return model;
  }

  @Override
  public List<ContinuousBatch.Task> tasks() {
    synchronized (this) {
      begun = true;
    }
    return tasks;
  }

  @Override
  public int texts() {
    return choices.size();
  }

  @Override
  public boolean isOver() {
    boolean waitsInVain;
    synchronized (this) {
      waitsInVain = !begun && !closed && System.nanoTime() > deadline;
    }
    if (waitsInVain) {
      fail(ApiException.unavailable("timeout", "the server was busy for too long; try again"));
    }
    return closed || isEnded();
  }

  private synchronized boolean isEnded() {
    return unended == 0;
  }

  @Override
  public void fail(ApiException reason) {
    failure = reason;
    closed = true;
    if (request.stream()) {
      wake.run();
    } else {
      exchange.answer(reason.answer());
    }
  }

  private void answerIfEnded() {
    JsonObject whole;
    synchronized (this) {
      if (unended > 0) {
        return;
      }
      JsonArray list = new JsonArray();
      choices.forEach(choice -> list.add(choice.take()));
      whole = answer(list);
      whole.add("usage", usage());
    }
    exchange.answer(Answer.json(200, whole));
  }

  /** Returns an answer or an event with some choices. */
  private JsonObject answer(JsonArray list) {
    JsonObject answer = new JsonObject();
    answer.addProperty("id", id);
    answer.addProperty("object", "text_completion");
    answer.addProperty("created", created);
    answer.addProperty("model", model.id());
    answer.addProperty("system_fingerprint", model.fingerprint());
    answer.addProperty("seed", request.seed());
    if (!warnings.isEmpty()) {
      JsonArray said = new JsonArray();
      warnings.forEach(said::add);
      answer.add("warnings", said);
    }
    answer.add("choices", list);
    return answer;
  }

  private JsonObject usage() {
    int written = choices.stream().mapToInt(Choice::characters).sum();
    JsonObject usage = new JsonObject();
    usage.addProperty("prompt_tokens", promptCharacters);
    usage.addProperty("completion_tokens", written);
    usage.addProperty("total_tokens", promptCharacters + written);
    return usage;
  }

  @Override
  public synchronized List<String> take() {
    List<String> events = new ArrayList<>();
    if (ends) {
      return events;
    }
    for (Choice choice : choices) {
      JsonObject taken = choice.take();
      if (taken != null) {
        JsonArray list = new JsonArray();
        list.add(taken);
        JsonObject event = answer(list);
        if (request.usage()) {
          event.add("usage", JsonNull.INSTANCE); // which the last event has
        }
        events.add(event.toString());
      }
    }
    if (failure != null) {
      ends = true;
      events.add(failure.json().toString());
    } else if (unended == 0) {
      ends = true;
      if (request.usage()) {
        JsonObject last = answer(new JsonArray());
        last.add("usage", usage());
        events.add(last.toString());
      }
      events.add(DONE);
    }
    return events;
  }

  @Override
  public synchronized boolean isDone() {
    return ends;
  }
}
