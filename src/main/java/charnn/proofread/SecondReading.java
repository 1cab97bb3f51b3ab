package charnn.proofread;

import charnn.data.Direction;
import charnn.nn.LossMetrics;
import charnn.predict.BothSides;
import charnn.util.ThreadTeam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleConsumer;

/**
 * Reads a text again with edits in place. What an edit gains, is the logarithm of how much more
 * probable it makes the characters that it changes and the {@value #REACH} next ones, to each side:
 * an error makes those improbable, too.
 *
 * <pre>
 *   gain = 1/2 [log2 p(c', y | L) - log2 p(c, y | L)]     y: the next characters, L: those before
 *        + 1/2 [log2 p(c', x | R) - log2 p(c, x | R)]     x: the ones before,    R: those after
 * </pre>
 *
 * <p>Each term is what one model gains of the whole text: their mean is the gain of the geometric
 * mean of the two.
 */
final class SecondReading {
  /** Characters after which an edit is no longer felt. */
  static final int REACH = 16;

  /** Characters of context. */
  static final int CONTEXT = 64;

  /** Places whose texts are in memory at once: about a kilobyte each. */
  private static final int AT_ONCE = 4096;

  private final Continuations forward;
  private final Continuations backward;
  private final WordCounts words;

  /** Edits that begin at one index of the text as it was. */
  record Place(int at, List<Edit> edits) {}

  /**
   * The best edit of a place.
   *
   * @param bits that it gains
   */
  record Gain(Place place, Edit edit, double bits) {}

  /**
   * @param unigram ln p of each character after an empty text [V]
   */
  SecondReading(BothSides sides, float[] unigram, WordCounts words, ThreadTeam workers) {
    this.words = words;
    forward = new Continuations(sides.forward(), unigram, workers);
    backward = new Continuations(sides.backward(), unigram, workers);
  }

  /**
   * Returns the best edit of each place, in their order.
   *
   * @param text which has some edits already
   * @param progress called by any thread with the fraction that is done
   */
  List<Gain> gains(List<Place> places, CorrectedText text, DoubleConsumer progress) {
    List<Gain> gains = new ArrayList<>();
    for (int from = 0; from < places.size(); from += AT_ONCE) {
      int start = from;
      List<Place> some = places.subList(from, Math.min(places.size(), from + AT_ONCE));
      gains.addAll(
          gainsAtOnce(
              some, text, done -> progress.accept((start + done * some.size()) / places.size())));
    }
    return gains;
  }

  private List<Gain> gainsAtOnce(List<Place> places, CorrectedText text, DoubleConsumer progress) {
    double size = 2 * places.size();
    double[][] left =
        forward.logProbabilities(
            places.stream().map(place -> after(place, text)).toList(),
            done -> progress.accept(done / size));
    double[][] right =
        backward.logProbabilities(
            places.stream().map(place -> before(place, text)).toList(),
            done -> progress.accept(0.5 + done / size));
    List<Gain> gains = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      Gain best = null;
      for (int e = 0; e < place.edits.size(); e++) {
        double nats = left[i][e + 1] - left[i][0] + right[i][e + 1] - right[i][0];
        Edit edit = place.edits.get(e);
        double cost = words.cost(text.tokens(), edit.movedTo(text.index()[place.at]));
        double bits = nats / 2 / LossMetrics.LN_2 - cost;
        if (best == null || bits > best.bits) {
          best = new Gain(place, edit, bits);
        }
      }
      gains.add(best);
    }
    return gains;
  }

  /** What comes after the text before a place: as it is, and with each edit. */
  private static Continuations.Reading after(Place place, CorrectedText text) {
    char[] tokens = text.tokens();
    int at = text.index()[place.at];
    int end = Math.min(tokens.length, changed(at, tokens) + REACH);
    List<char[]> next = new ArrayList<>();
    next.add(Arrays.copyOfRange(tokens, at, end));
    for (Edit edit : place.edits) {
      next.add(edited(edit.movedTo(at), tokens, at, end));
    }
    return new Continuations.Reading(
        Arrays.copyOfRange(tokens, Math.max(0, at - CONTEXT), at), next);
  }

  /** What comes before the text after a place, in the order in which the model reads. */
  private static Continuations.Reading before(Place place, CorrectedText text) {
    char[] tokens = text.tokens();
    int at = text.index()[place.at];
    int start = Math.max(0, at - REACH);
    int end = changed(at, tokens);
    List<char[]> next = new ArrayList<>();
    next.add(Direction.BACKWARD.turned(Arrays.copyOfRange(tokens, start, end)));
    for (Edit edit : place.edits) {
      next.add(Direction.BACKWARD.turned(edited(edit.movedTo(at), tokens, start, end)));
    }
    char[] after = Arrays.copyOfRange(tokens, end, Math.min(tokens.length, end + CONTEXT));
    return new Continuations.Reading(Direction.BACKWARD.turned(after), next);
  }

  /** Returns the end of what any edit changes. */
  private static int changed(int at, char[] tokens) {
    return Math.min(tokens.length, at + Edit.MOST_REMOVED);
  }

  /** Returns the characters from one index to another, with an edit among them. */
  private static char[] edited(Edit edit, char[] tokens, int start, int end) {
    char[] inserted = edit.inserted(tokens);
    int after = edit.at() + edit.removed();
    char[] edited = new char[edit.at() - start + inserted.length + end - after];
    System.arraycopy(tokens, start, edited, 0, edit.at() - start);
    System.arraycopy(inserted, 0, edited, edit.at() - start, inserted.length);
    System.arraycopy(tokens, after, edited, edited.length - (end - after), end - after);
    return edited;
  }
}
