package charnn.proofread;

import charnn.proofread.SecondReading.Gain;
import charnn.proofread.SecondReading.Place;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A text that has been read, and what edits gain in it.
 *
 * <p>The best of neighbouring edits are made first, and those near them are read again with them in
 * place: what an error makes improbable around it is not found as well.
 */
public final class Proofreading {
  private static final int NEAR = SecondReading.REACH + Edit.MOST_REMOVED;

  private final char[] text;
  private final BitSet gaps;
  private final SecondReading reading;
  private final List<Gain> gains;

  /**
   * @param text token ids
   * @param gaps indices of characters before which one is missing: it is found at any threshold
   * @param gains the best edit of each place
   */
  Proofreading(char[] text, BitSet gaps, SecondReading reading, List<Gain> gains) {
    this.text = text;
    this.gaps = gaps;
    this.reading = reading;
    this.gains = gains;
  }

  /**
   * Returns the probable errors, in the order of the text.
   *
   * @param threshold bits that a correction must gain at least
   */
  public List<Correction> corrections(double threshold) {
    List<Gain> made = new ArrayList<>();
    List<Gain> open = gains;
    while (true) {
      List<Gain> best = best(open, threshold);
      if (best.isEmpty()) {
        break;
      }
      made.addAll(best);
      List<Edit> edits = made.stream().map(Gain::edit).toList();
      open = reading.gains(open(open, best, made), CorrectedText.of(text, edits), done -> {});
    }
    return made.stream()
        .map(
            gain ->
                new Correction(
                    gain.edit().kind(), gain.edit().at(), gain.edit().inserted(text), gain.bits()))
        .sorted(Comparator.comparingInt(Correction::at).thenComparingInt(Correction::end))
        .toList();
  }

  /** Returns the best edits that are not near each other. */
  private List<Gain> best(List<Gain> open, double threshold) {
    TreeSet<Integer> taken = new TreeSet<>();
    List<Gain> best = new ArrayList<>();
    open.stream()
        .filter(gain -> gain.bits() >= threshold(gain.edit(), threshold))
        .sorted(Comparator.comparingDouble(gain -> -gain.bits()))
        .forEach(
            gain -> {
              int at = gain.place().at();
              if (taken.subSet(at - NEAR, true, at + NEAR, true).isEmpty()) {
                taken.add(at);
                best.add(gain);
              }
            });
    return best;
  }

  private double threshold(Edit edit, double threshold) {
    return edit.kind() == ErrorKind.MISSING && gaps.get(edit.at()) ? 0 : threshold;
  }

  /** Returns the places near edits that are made now, without the edits that others exclude. */
  private static List<Place> open(List<Gain> open, List<Gain> now, List<Gain> made) {
    NavigableMap<Integer, List<Edit>> madeAt = new TreeMap<>();
    for (Gain gain : made) {
      madeAt.computeIfAbsent(gain.edit().at(), at -> new ArrayList<>()).add(gain.edit());
    }
    TreeSet<Integer> changed = new TreeSet<>();
    now.forEach(gain -> changed.add(gain.place().at()));
    List<Place> places = new ArrayList<>();
    for (Gain gain : open) {
      int at = gain.place().at();
      if (!changed.subSet(at - NEAR, true, at + NEAR, true).isEmpty()) {
        List<Edit> edits =
            gain.place().edits().stream().filter(edit -> !isExcluded(edit, madeAt)).toList();
        if (!edits.isEmpty()) {
          places.add(new Place(at, edits));
        }
      }
    }
    return places;
  }

  private static boolean isExcluded(Edit edit, NavigableMap<Integer, List<Edit>> madeAt) {
    return madeAt
        .subMap(edit.at() - Edit.MOST_REMOVED, false, edit.at() + Edit.MOST_REMOVED, false)
        .values()
        .stream()
        .flatMap(List::stream)
        .anyMatch(other -> excludes(edit, other));
  }

  /** Returns whether two edits are of the same characters, or at least of the same gap. */
  private static boolean excludes(Edit one, Edit other) {
    return one.at() < other.at() + other.removed() && other.at() < one.at() + one.removed()
        || one.at() == other.at() && one.removed() == other.removed();
  }
}
