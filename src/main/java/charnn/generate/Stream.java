package charnn.generate;

import charnn.data.Vocabulary;

/** A text that is generated, one of a batch: what it reads next, by the logits of what it read. */
final class Stream {
  /** Burn-in ends at an empty line after this many characters, ... */
  private static final int EMPTY_LINE_FROM = 64;

  /** ... at any line end after this many, ... */
  private static final int LINE_END_FROM = 512;

  /** ... and anyway after this many. */
  private static final int MAX_BURN_IN = 1024;

  private static final int NONE = -1;

  private final Sampler sampler;
  private final long length;
  private final Start start;
  private final int lineEnd; // token id
  private boolean burnIn;
  private int last; // token read last, or to be read
  private int burntIn = 1; // characters
  private long written;
  private boolean done;
  private int emitted = NONE;
  private Prediction prediction; // of the emitted token; null: not wanted

  /**
   * @param length characters of the text
   * @param start where to start without a prompt
   * @param primed whether a prompt was read
   * @param lineEnd token id of the line end
   */
  Stream(Sampler sampler, long length, Start start, boolean primed, int lineEnd) {
    this.sampler = sampler;
    this.length = length;
    this.start = start;
    this.lineEnd = lineEnd;
    burnIn = !primed;
    last = lineEnd;
    done = length == 0;
  }

  /** Returns the token to read next. */
  int input() {
    return last;
  }

  /** Returns whether it has begun: what was sampled before is no part of it. */
  boolean hasBegun() {
    return !burnIn;
  }

  Sampler sampler() {
    return sampler;
  }

  /** Returns how many characters were generated. */
  long written() {
    return written;
  }

  boolean isDone() {
    return done;
  }

  void finish() {
    done = true;
  }

  /** Returns the token of the text that was sampled last, once; -1 if there is none. */
  int takeEmitted() {
    int token = emitted;
    emitted = NONE;
    return token;
  }

  /** Returns the prediction of the token of {@link #takeEmitted}; null if it was not wanted. */
  Prediction prediction() {
    return prediction;
  }

  /**
   * Predicts what was sampled, if it belongs to the text.
   *
   * @param logits of V characters, from an offset on, after the input was read
   */
  void predict(float[] logits, int offset, Vocabulary vocabulary, int alternatives) {
    if (emitted != NONE) {
      prediction = Prediction.of(logits, offset, vocabulary, emitted, alternatives);
    }
  }

  /**
   * Samples the next character.
   *
   * @param logits [V] after the input was read; changed
   */
  void advance(float[] logits) {
    if (done) {
      return;
    }
    int next = sampler.next(logits);
    if (burnIn) {
      boolean emptyLine = last == lineEnd && next == lineEnd;
      boolean lineEnds =
          (burntIn > EMPTY_LINE_FROM && emptyLine) || (burntIn > LINE_END_FROM && next == lineEnd);
      burntIn++;
      boolean random = start == Start.RANDOM;
      burnIn = burntIn < (random ? LINE_END_FROM : MAX_BURN_IN) && (random || !lineEnds);
      last = burnIn || random ? next : lineEnd;
      return;
    }
    last = next;
    emitted = next;
    written++;
    done = written == length;
  }
}
