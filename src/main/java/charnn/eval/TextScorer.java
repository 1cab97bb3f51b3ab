package charnn.eval;

import charnn.data.CorpusException;
import charnn.data.Direction;
import charnn.data.Tokens;
import charnn.data.Vocabulary;
import charnn.nn.LossMetrics;
import charnn.predict.LanguageModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/** Scores texts by a language model. What it returns is in reading order. */
public final class TextScorer {
  private final Evaluator evaluator;
  private final LanguageModel model;
  private final Direction direction;
  private final Vocabulary vocabulary;

  /**
   * @param direction in which the model reads: one that reads backwards predicts each character
   *     from all those after it, and the last one is not scored
   */
  public TextScorer(Evaluator evaluator, LanguageModel model, Direction direction) {
    this.evaluator = evaluator;
    this.model = model;
    this.direction = direction;
    vocabulary = model.vocabulary();
  }

  /**
   * Scores a text by stateful evaluation, without a look at single characters.
   *
   * @param progress called by any thread with the number of characters scored so far
   * @throws CorpusException if nothing is left to predict
   */
  public TextScore score(String text, LongConsumer progress) throws CorpusException {
    KnownText known = KnownText.of(text, vocabulary, direction);
    Tokens tokens = known.tokens();
    LossMetrics metrics = evaluator.evaluate(model, tokens, progress).score();
    return TextScore.of(metrics, known.unknown(), known.charge());
  }

  /**
   * Scores a text by stateful evaluation: every character but the first known one, after all those
   * before it. A model of documents takes the text for the beginning of one, and scores the first,
   * too. The score is that of {@link #score}.
   *
   * @param alternatives number of positions, from the first on, of which they are kept
   * @param progress called by any thread with the number of characters scored so far
   * @throws CorpusException if nothing is left to predict
   */
  public ScoredText scoreCharacters(String text, int alternatives, LongConsumer progress)
      throws CorpusException {
    KnownText known = KnownText.of(text, vocabulary, direction);
    int[] codePoints = text.codePoints().toArray();
    Characters characters = new Characters(codePoints.length, known.charge(), alternatives);
    char[] tokens = known.tokens().toArray();
    int marks = known.isMarked() ? 1 : 0;
    int[] inOrder = new int[tokens.length - marks];
    int n = 0;
    for (int i = 0; i < codePoints.length; i++) {
      if (vocabulary.indexOrUnknown(codePoints[i]) < 0) {
        characters.charge(i);
      } else {
        inOrder[n++] = i;
      }
    }
    int[] positions = new int[tokens.length];
    System.arraycopy(direction.turned(inOrder), 0, positions, marks, inOrder.length);
    LossMetrics metrics =
        evaluator
            .evaluate(model, Tokens.of(tokens), characters.sink(tokens, positions), progress)
            .score();
    return characters.scored(text, TextScore.of(metrics, known.unknown(), known.charge()));
  }

  /**
   * Scores each line of a text on its own, as it stands after a line end and nothing else, or
   * before one for a model that reads backwards; to a model of documents, as one of them. All of
   * its characters are scored, the line end is not; empty lines are skipped.
   *
   * @param alternatives number of positions, from the first on, of which they are kept
   * @param progress called by any thread with the number of characters scored so far
   * @throws CorpusException if nothing is left to predict
   */
  public ScoredText scoreLines(String text, int alternatives, LongConsumer progress)
      throws CorpusException {
    int[] codePoints = text.codePoints().toArray();
    char[] tokens = new char[2 * codePoints.length]; // a line end before each line
    int[] positions = new int[tokens.length];
    int[] unknown = new int[codePoints.length]; // their positions
    int unknowns = 0;
    List<Evaluator.Span> spans = new ArrayList<>();
    char lineEnd = lineEnd();
    int n = 0;
    for (int i = 0; i < codePoints.length; i++) {
      int first = n;
      tokens[n++] = lineEnd;
      for (; i < codePoints.length && codePoints[i] != '\n'; i++) {
        int token = vocabulary.indexOrUnknown(codePoints[i]);
        if (token < 0) {
          unknown[unknowns++] = i;
        } else {
          positions[n] = i;
          tokens[n++] = (char) token;
        }
      }
      if (n > first + 1) {
        int from = first + 1;
        char[] line = direction.turned(Arrays.copyOfRange(tokens, from, n));
        System.arraycopy(line, 0, tokens, from, line.length);
        int[] inLine = direction.turned(Arrays.copyOfRange(positions, from, n));
        System.arraycopy(inLine, 0, positions, from, inLine.length);
        spans.add(new Evaluator.Span(first, n - 1));
      } else {
        n = first; // There is nothing to predict.
      }
    }
    if (spans.isEmpty()) {
      throw new CorpusException(
          unknowns == 0
              ? "the text has nothing but empty lines; name a text with some characters"
              : "the model knows none of the characters to predict; is it the model for this text?");
    }
    UnknownCharge charge =
        UnknownCharge.of(unknowns, unknowns + n - spans.size(), vocabulary.size());
    Characters characters = new Characters(codePoints.length, charge, alternatives);
    for (int i = 0; i < unknowns; i++) {
      characters.charge(unknown[i]);
    }
    LossMetrics metrics =
        evaluator
            .evaluateSpans(
                model,
                Tokens.of(tokens).first(n),
                spans,
                characters.sink(tokens, positions),
                progress)
            .score();
    return characters.scored(text, TextScore.of(metrics, unknowns, charge));
  }

  /** Returns the document mark, else the token of a line end, or of what comes closest. */
  private char lineEnd() throws CorpusException {
    if (vocabulary.documentMark() >= 0) {
      return (char) vocabulary.documentMark();
    }
    int index = vocabulary.indexOf('\n');
    return (char)
        (index >= 0
            ? index
            : vocabulary
                .closest('\n')
                .orElseThrow(
                    () ->
                        new CorpusException(
                            "the model knows neither a line end nor a space, so no line begins for it; score the text as a whole")));
  }

  /** The characters of a text, as they are scored. */
  private final class Characters {
    private final UnknownCharge charge;
    private final double[] nats;
    private final boolean[] charged;
    private final Alternatives alternatives;

    /**
     * @param count code points of the text
     */
    Characters(int count, UnknownCharge charge, int alternatives) {
      this.charge = charge;
      nats = new double[count];
      Arrays.fill(nats, Double.NaN);
      charged = new boolean[count];
      this.alternatives =
          alternatives == 0 ? null : new Alternatives(vocabulary, Math.min(count, alternatives));
    }

    /** Charges an unknown character. */
    void charge(int position) {
      nats[position] = charge.natsUnknown();
      charged[position] = true;
    }

    /**
     * Returns what receives the predictions.
     *
     * @param positions of the tokens in the text
     */
    PredictionSink sink(char[] tokens, int[] positions) {
      return (index, loss, logits, offset) -> {
        int position = positions[(int) index];
        nats[position] = loss + charge.natsKnown();
        if (alternatives != null) {
          alternatives.keep(position, logits, offset, tokens[(int) index], nats[position]);
        }
      };
    }

    ScoredText scored(String text, TextScore score) {
      return new ScoredText(text, score, nats, charged, alternatives);
    }
  }
}
