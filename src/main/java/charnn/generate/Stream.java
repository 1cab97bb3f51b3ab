package charnn.generate;

import charnn.data.Vocabulary;
import charnn.engine.Logits;
import charnn.generate.constraint.Constraint;
import charnn.predict.Predictor;
import charnn.predict.TextState;
import java.util.List;

/** A text that is generated, one of a batch: what it reads next, by the logits of what it read. */
final class Stream {
  /**
   * Burn-in ends after this many characters at the end of a line or sentence where an empty line
   * may follow, ...
   */
  private static final int EMPTY_LINE_FROM = 64;

  /** ... at any line end after this many, ... */
  private static final int LINE_END_FROM = 512;

  /** ... and anyway after this many. */
  private static final int MAX_BURN_IN = 1024;

  /** How probable a second line end is to the model where an empty line may follow. */
  private static final double MAY_FOLLOW = 0.01;

  private static final int NONE = BacktrackingSampler.NONE;

  private final Sampler sampler;
  private final BacktrackingSampler constrained; // null: the text has no constraints
  private final long length;
  private final Start start;
  private final Vocabulary vocabulary;
  private final int alternatives;
  private final int lineEnd; // token id
  private final int unknown; // token id, or -1
  private boolean burnIn;
  private final SentenceEnd sentence = new SentenceEnd(); // of the burn-in
  private TextState beforeLineEnd; // at which the burn-in may end; null: at none
  private int instead; // the token sampled where that line end is tried
  private int last; // token read last, or to be read
  private int burntIn = 1; // characters
  private long written;
  private boolean done;
  private boolean ended; // and that was told
  private boolean exhausted; // there was no next character
  private boolean stopped; // from outside
  private int emitted = NONE;
  private Prediction prediction; // of the emitted token; null: not wanted

  /**
   * @param constraints that the text is held to; a burn-in is not
   * @param length characters of the text
   * @param start where to start without a prompt
   * @param primed whether a prompt was read
   * @param vocabulary of the tokens
   * @param alternatives of each prediction, or {@link TextSink#NO_PREDICTIONS}
   */
  Stream(
      Sampler sampler,
      List<? extends Constraint> constraints,
      long length,
      Start start,
      boolean primed,
      Vocabulary vocabulary,
      int alternatives) {
    this.sampler = sampler;
    this.length = length;
    this.start = start;
    this.vocabulary = vocabulary;
    this.alternatives = alternatives;
    unknown = vocabulary.unknownCharacter();
    lineEnd = Math.max(0, vocabulary.indexOf('\n'));
    constrained =
        constraints.isEmpty() ? null : new BacktrackingSampler(sampler, constraints, length);
    int mark = vocabulary.documentMark();
    burnIn = !primed && (mark < 0 || start == Start.RANDOM);
    last = mark < 0 ? lineEnd : mark;
    done = length == 0;
  }

  /** Returns the token to read next. */
  int input() {
    return last;
  }

  /**
   * Returns whether it has begun, and its input is still to be read: not so where there was no next
   * character.
   */
  boolean hasAdvanced() {
    return !burnIn && !exhausted;
  }

  Sampler sampler() {
    return sampler;
  }

  /** Returns how many characters were generated, but for those taken back. */
  long written() {
    return constrained == null ? written : constrained.size();
  }

  boolean isDone() {
    return done;
  }

  /** Ends the text; what is not taken of it is dropped. */
  void finish() {
    done = true;
    stopped = true;
  }

  /** Returns whether the text is done and taken; true once. */
  boolean takeEnd() {
    boolean ends = done && !ended;
    ended |= done;
    return ends;
  }

  /** Returns whether the text ended because the constraints left no way. */
  boolean isFailed() {
    return constrained != null && constrained.isFailed() && !stopped;
  }

  /** Returns whether the text ended because it matches and nothing may follow. */
  boolean isMatch() {
    return exhausted && !constrained.isFailed() && !stopped;
  }

  /** Returns the next token of the text that is settled, once; -1 if there is none yet. */
  int takeEmitted() {
    if (stopped) {
      return NONE;
    }
    if (constrained != null) {
      return takeSettled();
    }
    int token = emitted;
    emitted = NONE;
    return token;
  }

  private int takeSettled() {
    BacktrackingSampler.Settled settled = done ? constrained.takeHeld() : constrained.takeSettled();
    if (settled == null) {
      return NONE;
    }
    if (alternatives != TextSink.NO_PREDICTIONS) {
      prediction = Prediction.of(settled.logits(), 0, vocabulary, settled.token(), alternatives);
    }
    return settled.token();
  }

  /** Returns the prediction of the token of {@link #takeEmitted}; null if it was not wanted. */
  Prediction prediction() {
    return prediction;
  }

  /**
   * Predicts what was sampled, if it belongs to the text and is settled.
   *
   * @param logits of V characters, from an offset on, after the input was read
   */
  void predict(float[] logits, int offset) {
    if (emitted != NONE) {
      prediction = Prediction.of(logits, offset, vocabulary, emitted, alternatives);
    }
  }

  /**
   * Samples the next character.
   *
   * @param logits [V] after the input was read; changed
   * @param predictor that read it
   * @param row of the text in it
   */
  void advance(float[] logits, Predictor predictor, int row) {
    if (done) {
      return;
    }
    if (unknown >= 0) {
      logits[unknown] = Float.NEGATIVE_INFINITY;
    }
    if (burnIn) {
      burnIn(logits, predictor, row);
    } else if (constrained != null) {
      int next = constrained.next(logits, predictor, row);
      exhausted = next == NONE;
      done = exhausted || constrained.size() == length;
      last = exhausted ? last : next;
    } else {
      last = sampler.next(logits);
      emitted = last;
      written++;
      done = written == length;
    }
  }

  private void burnIn(float[] logits, Predictor predictor, int row) {
    if (beforeLineEnd != null) {
      TextState before = beforeLineEnd;
      beforeLineEnd = null;
      if (mayEndLine(logits)) {
        burnIn = false;
        sampler.read(lineEnd); // A second one is the input.
        return;
      }
      if (instead != lineEnd || burntIn > LINE_END_FROM) {
        burnIn = instead != lineEnd;
        predictor.load(row, before); // What was sampled is the input.
        last = instead;
        return;
      }
    }
    int next = sampler.next(logits);
    boolean emptyLine = last == lineEnd && next == lineEnd && burntIn > EMPTY_LINE_FROM;
    burntIn++;
    if (start == Start.RANDOM) {
      last = next;
      burnIn = burntIn < LINE_END_FROM;
      return;
    }
    burnIn = !emptyLine;
    instead = burntIn < MAX_BURN_IN ? next : lineEnd;
    boolean mayEnd = sentence.endsBefore(vocabulary.codePoint(next)) || instead == lineEnd;
    boolean triesEnd = burnIn && mayEnd && burntIn > EMPTY_LINE_FROM;
    last = triesEnd ? lineEnd : next;
    beforeLineEnd = triesEnd ? predictor.save(row) : null;
  }

  /** Returns whether the model expects a line end, at temperature 1. */
  private boolean mayEndLine(float[] logits) {
    return vocabulary.indexOf('\n') >= 0 && Logits.softmax(logits)[lineEnd] >= MAY_FOLLOW;
  }
}
