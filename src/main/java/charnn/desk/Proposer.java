package charnn.desk;

import charnn.data.Vocabulary;
import charnn.generate.AllowedCharacters;
import charnn.generate.Prompt;
import charnn.generate.Sampler;
import charnn.generate.SamplingSettings;
import charnn.predict.LanguageModel;
import charnn.predict.Predictor;
import charnn.predict.TextState;
import charnn.util.RandomStreams;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * Proposes the next words of a text. A proposal depends on the context, the settings and the seed
 * alone, not on what was proposed before. States of the model are kept along each context, so that
 * of a text that grew or changed at its end only the end is read. Not thread-safe.
 */
final class Proposer {
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
   * @param temperature 0 or more
   * @param words of a proposal
   * @param alternative number of the proposal, from 0
   */
  record Settings(double temperature, int words, int alternative) {}

  /**
   * @param normalization of the text that the model was trained on
   */
  Proposer(LanguageModel model, UnaryOperator<String> normalization, long seed) {
    this.normalization = normalization;
    this.seed = seed;
    vocabulary = model.vocabulary();
    predictor = model.predictor(1);
    nothing = predictor.save(0);
  }

  /**
   * Returns the next words, with the white space behind them. They have no line end: where a
   * paragraph ends is for the writer to say, and books have their lines broken anywhere.
   *
   * @param begun what a proposal begins with, perhaps nothing
   * @param isStopped polled while reading; when it returns true, what was read so far is kept
   * @return null if it was stopped
   */
  String propose(Context context, String begun, Settings settings, BooleanSupplier isStopped) {
    if (Words.count(begun) >= settings.words) {
      return begun;
    }
    int[] tokens = tokens(context.text() + begun);
    Reading reading = reading(context.start());
    if (!reading.read(tokens, isStopped)) {
      return null;
    }
    int place = context.start() + context.text().length() + begun.length();
    Sampler sampler =
        sampling(settings.temperature)
            .sampler(RandomStreams.mix(seed, place, settings.alternative));
    float[] logits = reading.logits.clone();
    predictor.load(0, reading.state);
    StringBuilder proposal = new StringBuilder(begun);
    int most = settings.words * LONGEST_WORD;
    for (int i = 0; i < most; i++) {
      int token = sampler.next(logits);
      int codePoint = vocabulary.codePoint(token);
      int before = proposal.length();
      proposal.appendCodePoint(codePoint);
      int words = Words.count(proposal);
      if (words > settings.words) {
        proposal.setLength(before);
        break;
      }
      if (words == settings.words && Character.isWhitespace(codePoint)) {
        break;
      }
      predictor.step(new int[] {token}, logits);
    }
    return proposal.toString();
  }

  /** Reads ahead what the context that follows will begin with; see {@link Context#next}. */
  void prepare(Context context, BooleanSupplier isStopped) {
    Context following = context.following();
    if (following.start() != context.start()) {
      reading(following.start()).read(tokens(following.text()), isStopped);
    }
  }

  private SamplingSettings sampling(double temperature) {
    SamplingSettings settings = SamplingSettings.ofTemperature(temperature);
    return vocabulary.indexOf('\n') < 0
        ? settings
        : settings.with(AllowedCharacters.of(vocabulary, "", "\n"));
  }

  /** Returns a text as the model reads it. Before any text, it reads a line end. */
  private int[] tokens(String text) {
    int[] tokens = Prompt.of(normalization.apply(text), vocabulary).indices();
    return tokens.length > 0 ? tokens : new int[] {Math.max(0, vocabulary.indexOf('\n'))};
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
