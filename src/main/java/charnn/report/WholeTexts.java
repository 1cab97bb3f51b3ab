package charnn.report;

import charnn.data.Direction;
import charnn.generate.Prediction;
import charnn.generate.StopRule;
import charnn.generate.StoppingText;
import charnn.generate.TextEnd;
import charnn.generate.TextSink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Predicate;

/**
 * Collects texts that are generated in a batch, in groups of successive numbers. Of each group, the
 * text of the highest mean log-probability of a character is passed on, in the order of the groups.
 * One that ended too soon is passed on only if all of its group did.
 */
public final class WholeTexts implements TextSink {
  /**
   * A text.
   *
   * @param number from 0
   * @param characters of it, in code points
   * @param logProbability in nats, by the model alone
   * @param predictions of each character; empty if no alternatives are wanted
   * @param ended why; null: too soon, as the constraints left no way
   */
  public record Text(
      int number,
      String text,
      int characters,
      double logProbability,
      List<Prediction> predictions,
      TextEnd ended) {
    /** Returns whether it did not end too soon. */
    public boolean isWhole() {
      return ended != null;
    }

    /** Returns the mean over its characters; an empty text is less probable than any other. */
    double meanLogProbability() {
      return characters == 0 ? Double.NEGATIVE_INFINITY : logProbability / characters;
    }

    /** Returns a text that a model wrote in this direction, to be read. */
    public Text turned(Direction direction) {
      return new Text(
          number,
          direction.turned(text),
          characters,
          logProbability,
          direction.turned(predictions),
          ended);
    }

    private boolean isBetterThan(Text other) {
      if (other == null || isWhole() != other.isWhole()) {
        return other == null || isWhole();
      }
      return meanLogProbability() > other.meanLogProbability()
          || (meanLogProbability() == other.meanLogProbability() && number < other.number);
    }
  }

  /** Hears of every character. */
  public interface Progress {
    /**
     * @param texts that are over
     * @param characters generated so far
     */
    void generated(int texts, long characters);
  }

  private final StopRule stopRule;
  private final String prompt;
  private final int groupSize;
  private final int alternatives;
  private final Progress progress;
  private final Predicate<Text> reader;
  private final Map<Integer, Candidate> candidates = new HashMap<>();
  private final Map<Integer, Group> groups = new HashMap<>();
  private int current; // group whose turn it is
  private int over; // texts
  private long characters;
  private boolean closed;

  /** A group of texts, of which some may not be over. */
  private static final class Group {
    private Text best;
    private int over;
  }

  /** A text that is not over. */
  private final class Candidate {
    private final StringBuilder text = new StringBuilder();
    private final StoppingText stopping = stopRule.text(prompt, this::add);
    private final Queue<Prediction> held = new ArrayDeque<>(); // of characters that may be an end
    private final List<Prediction> predictions = new ArrayList<>();
    private double logProbability;
    private int characters;

    private boolean add(int codePoint) {
      text.appendCodePoint(codePoint);
      characters++;
      Prediction prediction = held.remove();
      logProbability += prediction.logProbability();
      if (alternatives > 0) {
        predictions.add(prediction);
      }
      return true;
    }
  }

  /**
   * @param stopRule where texts end before their length
   * @param prompt that each text continues
   * @param groupSize texts to choose one of
   * @param alternatives to each character, 0 or more
   * @param reader consumes each text that is passed on; returns false once nobody reads any more
   */
  public WholeTexts(
      StopRule stopRule,
      String prompt,
      int groupSize,
      int alternatives,
      Progress progress,
      Predicate<Text> reader) {
    this.stopRule = stopRule;
    this.prompt = prompt;
    this.groupSize = groupSize;
    this.alternatives = alternatives;
    this.progress = progress;
    this.reader = reader;
  }

  private Candidate candidate(int number) {
    return candidates.computeIfAbsent(number, n -> new Candidate());
  }

  @Override
  public int alternatives() {
    return alternatives;
  }

  @Override
  public boolean write(int number, int codePoint) {
    throw new UnsupportedOperationException("its prediction is missing");
  }

  @Override
  public boolean write(int number, int codePoint, Prediction prediction) {
    Candidate candidate = candidate(number);
    candidate.held.add(prediction);
    progress.generated(over, ++characters);
    return candidate.stopping.write(codePoint);
  }

  @Override
  public void end(int number) {
    end(number, candidate(number).stopping.ended());
  }

  @Override
  public void match(int number) {
    end(number, TextEnd.MATCH);
  }

  @Override
  public void fail(int number) {
    end(number, null);
  }

  private void end(int number, TextEnd ended) {
    Candidate candidate = candidate(number);
    candidates.remove(number);
    candidate.stopping.end();
    over++;
    Text text =
        new Text(
            number,
            candidate.text.toString(),
            candidate.characters,
            candidate.logProbability,
            candidate.predictions,
            ended);
    Group group = groups.computeIfAbsent(number / groupSize, n -> new Group());
    group.over++;
    if (text.isBetterThan(group.best)) {
      group.best = text;
    }
    while (!closed && groups.containsKey(current) && groups.get(current).over == groupSize) {
      closed = !reader.test(groups.remove(current).best);
      current++;
    }
  }

  @Override
  public boolean isClosed() {
    return closed;
  }
}
