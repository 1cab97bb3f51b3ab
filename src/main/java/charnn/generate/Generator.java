package charnn.generate;

import charnn.data.SpecialSymbols;
import charnn.data.Vocabulary;
import charnn.generate.constraint.Constraint;
import charnn.predict.LanguageModel;
import charnn.predict.Predictor;
import charnn.predict.TextState;
import charnn.util.ThreadTeam;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * Generates texts with a model, character by character, several in a batch. A text depends on its
 * sampler alone, not on the others, the threads or the batch. Not thread-safe.
 */
public final class Generator {
  /** Texts of a batch. */
  static final int MAX_STREAMS = 64;

  /** Characters of a batch: those of later texts wait in memory for the first. */
  private static final long MAX_CHARACTERS = 1 << 24;

  /** Floats that the texts of a batch may hold to go back to. */
  private static final long MAX_HELD = 1 << 26;

  /** Texts of a thread: the SIMD engine computes row blocks of eight. */
  private static final int STREAMS_PER_PART = 8;

  /** Characters of a prompt that are read between two reports. */
  private static final int CHARACTERS_BETWEEN_REPORTS = 256;

  private final LanguageModel model;
  private final ThreadTeam workers;
  private final Vocabulary vocabulary;
  private final List<Constraint> constraints;

  /**
   * @param workers that share the texts of a batch
   */
  public Generator(LanguageModel model, ThreadTeam workers) {
    this(model, workers, List.of());
  }

  /**
   * @param workers that share the texts of a batch
   * @param constraints that each text is held to; characters that may have to be taken back are
   *     passed on when that is over
   */
  public Generator(
      LanguageModel model, ThreadTeam workers, List<? extends Constraint> constraints) {
    this.model = model;
    this.workers = workers;
    this.vocabulary = model.vocabulary();
    this.constraints = List.copyOf(constraints);
  }

  /**
   * Reads a prompt, then generates texts that begin with it, one for each sampler.
   *
   * @param prompt token ids to continue; for a model of documents, the beginning of one. Without a
   *     prompt, such a model begins a document; others generate some characters first that are
   *     discarded (burn-in), because they were hardly trained on zero state
   * @param start where to start without a prompt
   * @param length characters of each text
   * @param count texts
   * @param samplers a new sampler for each text, by its number
   * @return the numbers of the texts that ended too soon because the constraints left no way
   */
  public BitSet generate(
      int[] prompt,
      Start start,
      long length,
      int count,
      IntFunction<Sampler> samplers,
      TextSink sink) {
    return generate(null, prompt, start, length, count, samplers, sink, null);
  }

  /**
   * Continues a text, and records its memory. The other parameters are those of the other method.
   *
   * @param from the text to continue, with a sampler that continues it; null: a new one
   * @param prompt that is read after it, may be empty
   * @param recorder null if nothing is recorded
   */
  public BitSet generate(
      SavedText from,
      int[] prompt,
      Start start,
      long length,
      Sampler sampler,
      TextSink sink,
      TextRecorder recorder) {
    return generate(from, prompt, start, length, 1, i -> sampler, sink, recorder);
  }

  private BitSet generate(
      SavedText from,
      int[] prompt,
      Start start,
      long length,
      int count,
      IntFunction<Sampler> samplers,
      TextSink sink,
      TextRecorder recorder) {
    Primed primed = from == null && prompt.length == 0 ? null : read(from, prompt, sink);
    long before = (from == null ? 0 : from.length()) + prompt.length;
    long generated = from == null || prompt.length > 0 ? 0 : from.generated();
    int batch = batch(length);
    BitSet failed = new BitSet();
    Part[] parts = {};
    for (int first = 0; first < count && !sink.isClosed(); first += batch) {
      Stream[] streams = new Stream[Math.min(batch, count - first)];
      for (int i = 0; i < streams.length; i++) {
        Sampler sampler = samplers.apply(first + i);
        for (int token : prompt) {
          sampler.read(token);
        }
        streams[i] =
            new Stream(
                sampler,
                constraints,
                length,
                start,
                primed != null,
                vocabulary,
                sink.alternatives());
        if (recorder != null) {
          recorder.begin(before, generated, sink);
        }
        if (recorder != null && primed != null && !sink.isClosed()) {
          recorder.record(0, primed.beforeLast, primed.last, sampler);
        }
      }
      if (first == 0 || streams.length < batch) {
        parts = parts(streams.length);
      }
      for (Part part : parts) {
        part.begin(streams, primed, sink.alternatives());
      }
      generate(streams, parts, first, primed == null, sink, recorder);
      for (int i = 0; i < streams.length; i++) {
        failed.set(first + i, streams[i].isFailed());
      }
    }
    return failed;
  }

  /** Returns how many texts of a length go into a batch. */
  private int batch(long length) {
    long texts = Math.min(MAX_STREAMS, MAX_CHARACTERS / Math.max(1, length));
    if (constraints.stream().anyMatch(Constraint::takesBack)) {
      long window = Math.max(1, Math.min(length, BacktrackingSampler.WINDOW));
      long position = vocabulary.size() + model.predictor(1).save(0).size();
      texts = Math.min(texts, MAX_HELD / (window * position));
    }
    return (int) Math.max(1, texts);
  }

  /**
   * Generates one text, in which a document mark is a line end; the parameters are those of the
   * other method.
   */
  public void generate(int[] prompt, Start start, long length, Sampler sampler, IntPredicate sink) {
    generate(
        prompt,
        start,
        length,
        1,
        i -> sampler,
        (text, codePoint) -> sink.test(SpecialSymbols.inText(codePoint)));
  }

  /** Returns a text of the given length without a prompt. */
  public String text(int length, Sampler sampler) {
    StringBuilder text = new StringBuilder();
    generate(
        new int[0],
        Start.PARAGRAPH,
        length,
        sampler,
        codePoint -> {
          text.appendCodePoint(codePoint);
          return true;
        });
    return text.toString();
  }

  /**
   * What is known after a prompt.
   *
   * @param beforeLast before its last character
   * @param last token id
   * @param logits [V]
   */
  private record Primed(TextState beforeLast, int last, TextState state, float[] logits) {}

  /**
   * Reads the last character of a text to continue, and a prompt; stops where nobody waits for the
   * text any more.
   *
   * @param from null: there is only a prompt
   */
  private Primed read(SavedText from, int[] prompt, TextSink sink) {
    Predictor predictor = model.predictor(1);
    float[] logits = new float[vocabulary.size()];
    int[] character = new int[1];
    TextState beforeLast = null;
    if (from != null) {
      beforeLast = from.state();
      predictor.load(0, beforeLast);
      character[0] = from.last();
      predictor.step(character, logits);
    } else if (vocabulary.documentMark() >= 0) {
      character[0] = vocabulary.documentMark();
      predictor.step(character, logits);
    }
    for (int i = 0; i < prompt.length && !sink.isClosed(); i++) {
      if (i == prompt.length - 1) {
        beforeLast = predictor.save(0);
      }
      character[0] = prompt[i];
      predictor.step(character, logits);
      if (i % CHARACTERS_BETWEEN_REPORTS == 0) {
        sink.read(i + 1);
      }
    }
    return new Primed(beforeLast, character[0], predictor.save(0), logits);
  }

  /** Partitions a batch over the threads. */
  private Part[] parts(int streams) {
    int blocks = (streams + STREAMS_PER_PART - 1) / STREAMS_PER_PART;
    Part[] parts = new Part[Math.min(blocks, workers.count())];
    for (int i = 0; i < parts.length; i++) {
      int from = Math.min(streams, blocks * i / parts.length * STREAMS_PER_PART);
      int to = Math.min(streams, blocks * (i + 1) / parts.length * STREAMS_PER_PART);
      parts[i] = new Part(from, to);
    }
    return parts;
  }

  /**
   * Generates a batch.
   *
   * @param first number of its first text
   * @param reads whether the streams read a character first: the logits after a prompt are known
   */
  private void generate(
      Stream[] streams,
      Part[] parts,
      int first,
      boolean reads,
      TextSink sink,
      TextRecorder recorder) {
    boolean going = false;
    for (int i = 0; i < streams.length; i++) {
      going |= pass(streams[i], first + i, sink, recorder); // One of length 0 ends.
    }
    for (boolean next = reads; going && !sink.isClosed(); next = true) {
      boolean steps = next;
      if (parts.length == 1) {
        parts[0].advance(steps);
      } else {
        workers.run(parts.length, i -> parts[i].advance(steps));
      }
      if (recorder != null && streams[0].hasAdvanced()) {
        recorder.record(
            streams[0].written(),
            parts[0].predictor.save(0),
            streams[0].input(),
            streams[0].sampler());
      } else if (recorder != null && streams[0].isFailed()) {
        recorder.fail();
      }
      going = false;
      for (int i = 0; i < streams.length; i++) {
        going |= pass(streams[i], first + i, sink, recorder);
      }
    }
  }

  /** Passes on what is settled of a stream; returns whether it continues. */
  private boolean pass(Stream stream, int text, TextSink sink, TextRecorder recorder) {
    for (int token = stream.takeEmitted(); token >= 0; token = stream.takeEmitted()) {
      boolean continues = sink.write(text, vocabulary.codePoint(token), stream.prediction());
      if (!continues) {
        stream.finish();
      }
      if (recorder != null) {
        recorder.pass(!continues && !sink.isClosed());
      }
    }
    if (stream.takeEnd()) {
      if (stream.isFailed()) {
        sink.fail(text);
      } else if (stream.isMatch()) {
        sink.match(text);
      } else {
        sink.end(text);
      }
    }
    return !stream.isDone();
  }

  /** Some streams of a batch, which one thread advances. */
  private final class Part {
    private final int first; // stream
    private final Predictor predictor;
    private final TextState nothing;
    private final int[] characters;
    private final float[] logits; // [streams x V]
    private final float[] row = new float[vocabulary.size()];
    private Stream[] streams; // of the batch
    private int alternatives;

    Part(int from, int to) {
      first = from;
      characters = new int[to - from];
      predictor = model.predictor(characters.length);
      nothing = predictor.save(0);
      logits = new float[characters.length * row.length];
    }

    /** Begins the streams of a batch, after the prompt if there is one. */
    void begin(Stream[] batch, Primed primed, int wantedAlternatives) {
      streams = batch;
      alternatives = wantedAlternatives;
      for (int i = 0; i < characters.length; i++) {
        predictor.load(i, primed == null ? nothing : primed.state);
        if (primed != null) {
          System.arraycopy(primed.logits, 0, logits, i * row.length, row.length);
        }
      }
    }

    /**
     * Samples a character of each stream. Where all are done, nothing is computed.
     *
     * @param steps whether to read the streams' last ones before
     */
    void advance(boolean steps) {
      if (isDone()) {
        return;
      }
      if (steps) {
        for (int i = 0; i < characters.length; i++) {
          characters[i] = streams[first + i].input();
        }
        predictor.step(characters, logits);
      }
      for (int i = 0; i < characters.length; i++) {
        System.arraycopy(logits, i * row.length, row, 0, row.length);
        streams[first + i].advance(row, predictor, i);
        if (alternatives != TextSink.NO_PREDICTIONS) {
          streams[first + i].predict(logits, i * row.length);
        }
      }
    }

    private boolean isDone() {
      for (int i = 0; i < characters.length; i++) {
        if (!streams[first + i].isDone()) {
          return false;
        }
      }
      return true;
    }
  }
}
