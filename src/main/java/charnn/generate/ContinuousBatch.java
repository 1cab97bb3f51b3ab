package charnn.generate;

import charnn.data.Vocabulary;
import charnn.predict.LanguageModel;
import charnn.predict.Predictor;
import charnn.predict.TextState;
import charnn.util.ThreadTeam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Generates texts in a batch that they join and leave between two characters (continuous batching).
 * A text depends on its prompt and its sampler alone: not on the others, the threads or when it
 * joins. It is the one that {@link Generator} generates. A prompt is read in the batch, too, once
 * for all texts that continue it. Not thread-safe.
 */
public final class ContinuousBatch {
  /**
   * Rows of a predictor: the SIMD engine computes row blocks of eight, and fewer than four alone.
   */
  private static final int ROW_BLOCK = 8;

  private static final int LEAST_OF_BLOCK = 4;

  private final LanguageModel model;
  private final ThreadTeam workers;
  private final Vocabulary vocabulary;
  private final TextState nothing;
  private final TextState beforePrompt; // of a model of documents: at the beginning of one
  private final Map<Integer, List<Part>> made = new HashMap<>(); // by their rows
  private final List<Text> texts = new ArrayList<>();
  private List<Part> parts = List.of();

  /**
   * Texts that continue a prompt.
   *
   * @param prompt token ids; without one, a text starts where {@code start} says
   * @param length characters of each text
   * @param samplers a new one for each text
   * @param sink receives the texts; once it is closed, nothing more is computed for it
   * @param ofPrompt receives the prediction of each character of the prompt but the first; null if
   *     they are not wanted
   */
  public record Task(
      int[] prompt,
      Start start,
      long length,
      List<Sampler> samplers,
      TextSink sink,
      Consumer<Prediction> ofPrompt) {}

  /**
   * @param workers that share the texts; the caller is one of them
   */
  public ContinuousBatch(LanguageModel model, ThreadTeam workers) {
    this.model = model;
    this.workers = workers;
    vocabulary = model.vocabulary();
    Predictor predictor = model.predictor(1);
    nothing = predictor.save(0);
    if (vocabulary.documentMark() >= 0) {
      predictor.step(new int[] {vocabulary.documentMark()}, new float[vocabulary.size()]);
    }
    beforePrompt = predictor.save(0);
  }

  /** Adds the texts of a task; they begin with the next step. */
  public void add(Task task) {
    if (task.prompt.length > 0) {
      texts.add(new Text(task, 0, null, beforePrompt));
      return;
    }
    for (int i = 0; i < task.samplers.size(); i++) {
      texts.add(new Text(task, i, stream(task, i), nothing));
    }
  }

  /** Returns how many texts it has, those whose prompt is still read among them. */
  public int size() {
    return texts.stream().mapToInt(Text::size).sum();
  }

  /** Advances every text by a character. */
  public void step() {
    removeDone();
    if (texts.isEmpty()) {
      return;
    }
    arrange();
    workers.run(parts.size(), i -> parts.get(i).advance());
    List<Text> begun = new ArrayList<>();
    for (Text text : texts) {
      if (text.stream == null && text.read == text.task.prompt.length) {
        begin(text, begun);
      }
    }
    texts.addAll(begun);
    texts.forEach(this::pass);
    removeDone();
  }

  private void removeDone() {
    for (Iterator<Text> all = texts.iterator(); all.hasNext(); ) {
      Text text = all.next();
      if (text.task.sink.isClosed() || text.stream != null && text.stream.isDone()) {
        pass(text); // One of length 0 has not ended yet.
        text.leave();
        all.remove();
      }
    }
  }

  private Stream stream(Task task, int number) {
    Sampler sampler = task.samplers.get(number);
    for (int token : task.prompt) {
      sampler.read(token);
    }
    return new Stream(
        sampler,
        List.of(),
        task.length,
        task.start,
        task.prompt.length > 0,
        vocabulary,
        task.sink.alternatives());
  }

  /**
   * The prompt is read: begins the texts that continue it, with the character that it predicts.
   *
   * @param begun receives all but the first, which goes on where the prompt was read
   */
  private void begin(Text text, List<Text> begun) {
    Part part = text.part;
    int row = part.row(text);
    float[] logits = part.logits(row);
    TextState after = text.task.samplers.size() > 1 ? part.predictor.save(row) : null;
    for (int i = 0; i < text.task.samplers.size(); i++) {
      Stream stream = stream(text.task, i);
      stream.advance(logits.clone(), part.predictor, row);
      if (text.task.sink.alternatives() != TextSink.NO_PREDICTIONS) {
        stream.predict(logits, 0);
      }
      if (i == 0) {
        text.stream = stream;
      } else {
        begun.add(new Text(text.task, i, stream, after));
      }
    }
  }

  /** Passes on what a text has. */
  private void pass(Text text) {
    Stream stream = text.stream;
    TextSink sink = text.task.sink;
    if (stream == null || sink.isClosed()) {
      return;
    }
    for (int token = stream.takeEmitted(); token >= 0; token = stream.takeEmitted()) {
      if (!sink.write(text.number, vocabulary.codePoint(token), stream.prediction())) {
        stream.finish();
      }
    }
    if (stream.takeEnd()) {
      sink.end(text.number);
    }
  }

  /** Gives each text a row, of as many parts as are worth a thread each. */
  private void arrange() {
    int count = Math.min(workers.count(), (texts.size() + ROW_BLOCK - 1) / ROW_BLOCK);
    int each = (texts.size() + count - 1) / count;
    int rows = each < LEAST_OF_BLOCK ? each : (each + ROW_BLOCK - 1) / ROW_BLOCK * ROW_BLOCK;
    if (parts.size() != count || parts.get(0).texts.length != rows) {
      texts.forEach(Text::leave);
      List<Part> all = made.computeIfAbsent(rows, r -> new ArrayList<>());
      while (all.size() < count) {
        all.add(new Part(rows));
      }
      parts = List.copyOf(all.subList(0, count));
    }
    int next = 0;
    for (Text text : texts) {
      while (text.part == null) {
        parts.get(next++ % count).join(text);
      }
    }
  }

  /** A text, or a prompt that several texts will continue. */
  private static final class Text {
    private final Task task;
    private final int number; // of the task's texts
    private Stream stream; // null: the prompt is read
    private int read; // characters of the prompt
    private TextState state; // while it is in no part
    private Part part; // null: in none

    Text(Task task, int number, Stream stream, TextState state) {
      this.task = task;
      this.number = number;
      this.stream = stream;
      this.state = state;
    }

    int size() {
      return stream == null ? task.samplers.size() : 1;
    }

    int input() {
      return stream == null ? task.prompt[read] : stream.input();
    }

    /** Leaves its part, with what that remembers of it. */
    void leave() {
      if (part != null) {
        int row = part.row(this);
        state = part.predictor.save(row);
        part.texts[row] = null;
        part = null;
      }
    }
  }

  /** Rows that one thread advances. */
  private final class Part {
    private final Predictor predictor;
    private final Text[] texts; // null: nothing of interest
    private final int[] characters;
    private final float[] logits; // [rows x V]
    private final float[] row = new float[vocabulary.size()];

    Part(int rows) {
      predictor = model.predictor(rows);
      texts = new Text[rows];
      characters = new int[rows];
      logits = new float[rows * row.length];
    }

    int row(Text text) {
      return Arrays.asList(texts).indexOf(text);
    }

    float[] logits(int ofRow) {
      return Arrays.copyOfRange(logits, ofRow * row.length, (ofRow + 1) * row.length);
    }

    /** Takes a text if there is a row for it. */
    void join(Text text) {
      int free = row(null);
      if (free >= 0) {
        texts[free] = text;
        text.part = this;
        predictor.load(free, text.state);
        text.state = null;
      }
    }

    void advance() {
      for (int i = 0; i < texts.length; i++) {
        characters[i] = texts[i] == null ? 0 : texts[i].input();
      }
      predictor.step(characters, logits);
      for (int i = 0; i < texts.length; i++) {
        if (texts[i] != null) {
          advance(texts[i], i);
        }
      }
    }

    private void advance(Text text, int i) {
      int offset = i * row.length;
      Task task = text.task;
      int alternatives = task.sink.alternatives();
      if (text.stream == null) {
        text.read++;
        if (task.ofPrompt != null && text.read < task.prompt.length) {
          task.ofPrompt.accept(
              Prediction.of(
                  logits, offset, vocabulary, task.prompt[text.read], Math.max(0, alternatives)));
        }
        return;
      }
      System.arraycopy(logits, offset, row, 0, row.length);
      text.stream.advance(row, predictor, i);
      if (alternatives != TextSink.NO_PREDICTIONS) {
        text.stream.predict(logits, offset);
      }
    }
  }
}
