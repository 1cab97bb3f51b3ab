package charnn.desk;

import charnn.data.Vocabulary;
import charnn.generate.AllowedCharacters;
import charnn.generate.Prompt;
import charnn.generate.Sampler;
import charnn.generate.SamplingSettings;
import charnn.predict.LanguageModel;
import charnn.predict.Predictor;
import charnn.predict.TextState;
import charnn.predict.WithoutTokens;
import charnn.util.RandomStreams;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Proposes the next words of a text. A proposal depends on the text before it, the settings and the
 * seed alone, not on what was proposed before. States of the model are kept along each context, so
 * that of a text that grew or changed at its end only the end is read. Not thread-safe.
 */
public final class Proposer {
  /** Tokens from one kept state to the next. */
  private static final int SPACING = 32;

  /** Contexts whose states are kept: the cursor may come back. */
  private static final int MOST_READINGS = 4;

  /** Tokens that a proposal may have for each of its words. */
  private static final int LONGEST_WORD = 24;

  private final Vocabulary vocabulary;
  private final UnaryOperator<String> normalization;
  private final Predictor predictor;
  private final TextState nothing;
  private final long seed;
  private final Map<Integer, Reading> readings = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * How to propose.
   *
   * @param sampling by steps that remember nothing of the text
   * @param words of a proposal
   * @param alternative number of the proposal, from 0
   */
  public record Settings(SamplingSettings sampling, int words, int alternative) {
    Settings(double temperature, int words, int alternative) {
      this(SamplingSettings.ofTemperature(temperature), words, alternative);
    }
  }

  /**
   * @param normalization of the text that the model was trained on
   */
  public Proposer(LanguageModel model, UnaryOperator<String> normalization, long seed) {
    this.normalization = normalization;
    this.seed = seed;
    vocabulary = model.vocabulary();
    predictor = WithoutTokens.special(model).predictor(1);
    nothing = predictor.save(0);
  }

  /**
   * Returns the next words, with the white space after them. They have no line end: where a
   * paragraph ends is for the writer to say, and books have their lines broken anywhere.
   *
   * @param begun what a proposal begins with, perhaps nothing
   * @param isStopped polled all the while; when it returns true, what was read so far is kept
   * @return null if it was stopped
   */
  public String propose(
      Context context, String begun, Settings settings, BooleanSupplier isStopped) {
    Draws draws = new Draws(settings.alternative);
    Sampler sampler = sampling(settings.sampling).sampler(draws);
    float[] logits = new float[vocabulary.size()];
    StringBuilder proposal = new StringBuilder(begun);
    int most = settings.words * LONGEST_WORD;
    int start = -1; // of what the predictor has read
    while (!isComplete(proposal, settings.words) && proposal.length() < most) {
      if (isStopped.getAsBoolean()) {
        return null;
      }
      Context before = context.then(proposal);
      if (before.start() == start) {
        predictor.step(new int[] {lastToken(proposal)}, logits);
      } else if (read(before, context.place() + begun.length(), logits, isStopped)) {
        start = before.start();
      } else {
        return null;
      }
      draws.place = before.place();
      int length = proposal.length();
      proposal.appendCodePoint(vocabulary.codePoint(sampler.next(logits)));
      if (Words.count(proposal) > settings.words) {
        proposal.setLength(length);
        break;
      }
    }
    return proposal.toString();
  }

  private static boolean isComplete(CharSequence proposal, int words) {
    int length = proposal.length();
    return length > 0
        && Character.isWhitespace(proposal.charAt(length - 1))
        && Words.count(proposal) >= words;
  }

  private int lastToken(CharSequence proposal) {
    return vocabulary.indexOf(Character.codePointBefore(proposal, proposal.length()));
  }

  /**
   * Has the predictor read a context.
   *
   * @param known place up to which what was read is kept: after it, much may be proposed
   * @param logits set to those after it
   * @return false if it was stopped
   */
  private boolean read(Context context, int known, float[] logits, BooleanSupplier isStopped) {
    int kept = Math.max(0, known - context.start());
    if (kept > 0 || context.start() == 0) {
      Reading reading = reading(context.start());
      if (!reading.read(tokens(context.start(), context.text().substring(0, kept)), isStopped)) {
        return false;
      }
      predictor.load(0, reading.state);
      System.arraycopy(reading.logits, 0, logits, 0, logits.length);
    } else {
      predictor.load(0, nothing);
    }
    context
        .text()
        .codePoints()
        .skip(context.text().codePointCount(0, kept))
        .forEach(codePoint -> predictor.step(new int[] {vocabulary.indexOf(codePoint)}, logits));
    return true;
  }

  /**
   * Random numbers that depend on the seed, the alternative and the place alone: what is proposed
   * after a text does not depend on where its proposal began.
   */
  private final class Draws implements RandomGenerator {
    private final int alternative;
    private int place; // of the character that is drawn

    Draws(int alternative) {
      this.alternative = alternative;
    }

    @Override
    public long nextLong() {
      return RandomStreams.mix(seed, place, alternative);
    }
  }

  /** Reads ahead what the context that follows will begin with; see {@link Context#next}. */
  public void prepare(Context context, BooleanSupplier isStopped) {
    Context following = context.following();
    if (following.start() != context.start()) {
      reading(following.start()).read(tokens(following.start(), following.text()), isStopped);
    }
  }

  private SamplingSettings sampling(SamplingSettings settings) {
    return vocabulary.indexOf('\n') < 0
        ? settings
        : settings.with(AllowedCharacters.of(vocabulary, "", "\n"));
  }

  /**
   * Returns what the model reads of a text. Before the first character, it reads the document mark
   * if it knows one, else a line end.
   *
   * @param start where it begins
   */
  private int[] tokens(int start, String text) {
    int[] tokens = Prompt.of(normalization.apply(text), vocabulary).indices();
    int mark = vocabulary.documentMark();
    int lineEnd = mark < 0 ? vocabulary.indexOf('\n') : mark;
    return tokens.length == 0
        ? new int[] {Math.max(0, lineEnd)}
        : start == 0 && lineEnd >= 0
            ? IntStream.concat(IntStream.of(lineEnd), Arrays.stream(tokens)).toArray()
            : tokens;
  }

  private Reading reading(int start) {
    Reading reading = readings.computeIfAbsent(start, at -> new Reading());
    if (readings.size() > MOST_READINGS) {
      readings.remove(readings.keySet().iterator().next());
    }
    return reading;
  }

  /** What the model has read from one place of the text on. */
  private final class Reading {
    private int[] tokens = {};
    private TextState state = nothing; // after all tokens
    private float[] logits; // [V] after all tokens; null: not known
    private final TreeMap<Integer, TextState> states = new TreeMap<>(Map.of(0, nothing));

    /**
     * Reads other tokens, of which it may have read the first; returns whether it read all.
     *
     * @param wanted at least one
     */
    boolean read(int[] wanted, BooleanSupplier isStopped) {
      int mismatch = Arrays.mismatch(tokens, wanted);
      if (mismatch < 0 && logits != null) {
        return true;
      }
      int from = mismatch < 0 ? wanted.length : mismatch;
      if (from < tokens.length || from == wanted.length) {
        // At least one is read again, for its logits.
        from = states.floorKey(Math.min(from, wanted.length - 1));
        state = states.get(from);
        logits = null;
        states.tailMap(from, false).clear();
        tokens = Arrays.copyOf(wanted, from);
      }
      predictor.load(0, state);
      float[] after = new float[vocabulary.size()];
      int at = from;
      try {
        while (at < wanted.length) {
          if (at % SPACING == 0) {
            states.put(at, predictor.save(0));
            if (isStopped.getAsBoolean()) {
              return false;
            }
          }
          predictor.step(new int[] {wanted[at]}, after);
          at++;
        }
      } finally {
        if (at > from) {
          state = predictor.save(0);
          logits = after;
          tokens = Arrays.copyOf(wanted, at);
        }
      }
      return true;
    }
  }
}
