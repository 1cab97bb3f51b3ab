package charnn.proofread;

import charnn.data.Direction;
import charnn.data.Tokens;
import charnn.eval.Evaluator;
import charnn.eval.PredictionSink;
import charnn.predict.BothSides;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * Looks at each place of a text, what both sides expect there: the edits that may improve the text.
 *
 * <p>Bayes' rule, with L, the text before a character c, and R, the text after it, independent
 * given c:
 *
 * <pre>
 *   p(c | L, R)  ~  p(c | L) p(c | R) / p(c)  =  e^s(c)
 * </pre>
 *
 * <p>p(c | L) is the forward model's, p(c | R) the backward model's, p(c) the character's frequency
 * in the text, each counted once more. In the same way e^s(c) is how much more often L c R occurs
 * than chance would have it, and so is p(x | L) / p(x), nearly, of L followed by R that begins with
 * x. Beside each other they estimate what an edit gains, in nats.
 *
 * <p>The text is read in chunks, so that memory is bounded: the predictions of one side of a chunk,
 * at most {@value #PREDICTIONS} numbers.
 */
final class FirstReading {
  /** Characters that a chunk's reading begins before it. */
  private static final int BURN_IN = 256;

  private static final int PREDICTIONS = 1 << 24;
  private static final int LONGEST_CHUNK = 1 << 17;

  /** Candidates of each kind at a place. */
  private static final int CANDIDATES = 4;

  /** Edits at a place, of all kinds. */
  private static final int MOST_EDITS = 6;

  private final Evaluator evaluator;
  private final BothSides sides;
  private final char[] text;
  private final int v;
  private final float[] unigram; // ln p [V]
  private final BitSet gaps;
  private final double least; // nats
  private final int chunk; // its length

  /**
   * An edit that may improve the text.
   *
   * @param nats that it gains, nearly
   */
  record Estimate(Edit edit, double nats) {}

  /**
   * @param text token ids
   * @param gaps indices of characters before which one is missing, whatever that gains
   * @param least nats that any other edit must gain, as estimated
   */
  FirstReading(Evaluator evaluator, BothSides sides, char[] text, BitSet gaps, double least) {
    this(
        evaluator,
        sides,
        text,
        gaps,
        least,
        Math.max(1, Math.min(LONGEST_CHUNK, PREDICTIONS / sides.vocabulary().size())));
  }

  /**
   * @param chunk its length
   */
  FirstReading(
      Evaluator evaluator, BothSides sides, char[] text, BitSet gaps, double least, int chunk) {
    this.evaluator = evaluator;
    this.sides = sides;
    this.text = text;
    this.gaps = gaps;
    this.least = least;
    this.chunk = chunk;
    v = sides.vocabulary().size();
    unigram = unigram(text, v);
  }

  /** Returns ln p(c) of each token: its frequency in a text, each counted once more. */
  static float[] unigram(char[] text, int v) {
    double[] count = new double[v];
    Arrays.fill(count, 1);
    for (char token : text) {
      count[token]++;
    }
    float[] logs = new float[v];
    for (int c = 0; c < v; c++) {
      logs[c] = (float) StrictMath.log(count[c] / (text.length + v));
    }
    return logs;
  }

  /**
   * Returns the edits that may improve the text, the best of each index at which they begin.
   *
   * @param progress called by any thread with the number of characters read so far
   */
  SortedMap<Integer, List<Estimate>> estimates(LongConsumer progress) {
    SortedMap<Integer, List<Estimate>> estimates = new TreeMap<>();
    for (int from = 0; from < text.length; from += chunk) {
      for (Estimate estimate :
          new Chunk(from, Math.min(text.length, from + chunk)).read(progress)) {
        List<Estimate> here =
            estimates.computeIfAbsent(estimate.edit.at(), at -> new ArrayList<>());
        if (here.size() < MOST_EDITS) {
          here.add(estimate);
        }
      }
    }
    return estimates;
  }

  /** The places from one index to another. */
  private final class Chunk {
    private final int from;
    private final int to;
    private final float[] left; // ln p(c | L) [places + 1][V]
    private final float[] swapGain; // of each place and the next: what the backward model gains
    private final List<Estimate> estimates = new ArrayList<>();

    Chunk(int from, int to) {
      this.from = from;
      this.to = to;
      left = new float[(to - from + 1) * v];
      swapGain = new float[to - from + 1];
    }

    /** Returns the estimates that are high enough, the highest first. */
    List<Estimate> read(LongConsumer progress) {
      readForward(done -> progress.accept(from + done / 2));
      readBackward(done -> progress.accept(from + (to - from + done) / 2));
      for (int i = from; i < to && i + 1 < text.length; i++) {
        if (text[i] != text[i + 1]) {
          double gain = left(i, text[i + 1]) - left(i, text[i]) + swapGain[i - from];
          add(new Edit(ErrorKind.SWAPPED, i, 0), gain);
        }
      }
      estimates.sort(
          Comparator.comparingDouble((Estimate estimate) -> -estimate.nats)
              .thenComparingInt(estimate -> estimate.edit.at())
              .thenComparing(estimate -> estimate.edit.kind())
              .thenComparingInt(estimate -> estimate.edit.token()));
      return estimates;
    }

    private void readForward(LongConsumer progress) {
      int start = Math.max(0, from - BURN_IN);
      if (from == 0) {
        System.arraycopy(unigram, 0, left, 0, v);
      }
      PredictionSink sink =
          (index, loss, logits, offset) -> {
            int i = start + (int) index;
            if (i >= from) {
              float shift = (float) (loss + logits[offset + text[i]]);
              for (int c = 0; c < v; c++) {
                left[(i - from) * v + c] = logits[offset + c] - shift;
              }
            }
          };
      char[] read = Arrays.copyOfRange(text, start, Math.min(text.length, to + 1));
      evaluator.evaluate(sides.forward(), Tokens.of(read), sink, progress);
    }

    private void readBackward(LongConsumer progress) {
      int end = Math.min(text.length, to + BURN_IN);
      char[] read = Direction.BACKWARD.turned(Arrays.copyOfRange(text, from, end));
      PredictionSink sink =
          (index, loss, logits, offset) -> {
            int i = end - 1 - (int) index;
            if (i < to) {
              float[] right = new float[v];
              float shift = (float) (loss + logits[offset + text[i]]);
              for (int c = 0; c < v; c++) {
                right[c] = logits[offset + c] - shift;
              }
              look(i, right);
            } else if (i == to) {
              setSwapGain(i, logits[offset + text[i - 1]] - logits[offset + text[i]]);
            }
          };
      evaluator.evaluate(sides.backward(), Tokens.of(read), sink, progress);
      // What is last of the text, is read without being predicted.
      if (to == text.length) {
        look(to - 1, unigram);
      } else if (to == text.length - 1) {
        setSwapGain(to, unigram[text[to - 1]] - unigram[text[to]]);
      }
    }

    private double left(int place, int token) {
      return left[(place - from) * v + token];
    }

    private void setSwapGain(int place, float gain) {
      if (place > from) {
        swapGain[place - 1 - from] = gain;
      }
    }

    /**
     * Looks at a place, and at the gap after it.
     *
     * @param right ln p(c | R) [V]
     */
    private void look(int i, float[] right) {
      int x = text[i];
      double here = left(i, x) + right[x] - unigram[x];
      Best substitutes = new Best();
      for (int c = 0; c < v; c++) {
        if (c != x) {
          substitutes.offer(c, left(i, c) + right[c] - unigram[c]);
        }
      }
      substitutes.addTo(ErrorKind.WRONG, i, here);
      boolean isFirst = i == 0;
      boolean isLast = i == text.length - 1;
      if (!isFirst) {
        setSwapGain(i, right[text[i - 1]] - right[x]);
      }
      if (!isFirst && !isLast) {
        int next = text[i + 1];
        int before = text[i - 1];
        double joined = (left(i, next) - unigram[next] + right[before] - unigram[before]) / 2;
        add(new Edit(ErrorKind.EXTRA, i, 0), joined - here);
      }
      if (!isLast) {
        int next = text[i + 1];
        double joined = (left(i + 1, next) - unigram[next] + right[x] - unigram[x]) / 2;
        Best missing = new Best();
        for (int c = 0; c < v; c++) {
          missing.offer(c, left(i + 1, c) + right[c] - unigram[c]);
        }
        missing.addTo(ErrorKind.MISSING, i + 1, joined);
      }
    }

    private void add(Edit edit, double nats) {
      if (nats > least || edit.kind() == ErrorKind.MISSING && gaps.get(edit.at())) {
        synchronized (estimates) {
          estimates.add(new Estimate(edit, nats));
        }
      }
    }

    /** The characters of the highest s(c). */
    private final class Best {
      private final int[] tokens = new int[CANDIDATES];
      private final double[] nats = new double[CANDIDATES];
      private int size;

      void offer(int token, double s) {
        if (size == CANDIDATES && s <= nats[size - 1]) {
          return;
        }
        int rank = size < CANDIDATES ? size++ : size - 1;
        for (; rank > 0 && nats[rank - 1] < s; rank--) {
          nats[rank] = nats[rank - 1];
          tokens[rank] = tokens[rank - 1];
        }
        nats[rank] = s;
        tokens[rank] = token;
      }

      void addTo(ErrorKind kind, int at, double without) {
        for (int rank = 0; rank < size; rank++) {
          add(new Edit(kind, at, tokens[rank]), nats[rank] - without);
        }
      }
    }
  }
}
