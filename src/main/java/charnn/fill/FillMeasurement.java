package charnn.fill;

import charnn.data.CorpusException;
import charnn.data.Direction;
import charnn.util.Formats;
import charnn.util.RandomStreams;
import charnn.util.ThreadTeam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Measures how often gaps in a text are filled with what stood there. */
public final class FillMeasurement {
  /** Gaps that one thread fills at a time. */
  private static final int PER_TASK = 4;

  /** Gaps whose states are in memory at once: some kilobytes each. */
  private static final int AT_ONCE = 4096;

  private final GapFiller filler;
  private final ThreadTeam workers;
  private final int atOnce;

  /** By what a gap is filled. */
  public enum View {
    /** The forward model's beam search: nothing right of the gap is read. */
    FORWARD("forward model alone"),
    /** The backward model's beam search: nothing left of the gap is read. */
    BACKWARD("backward model alone"),
    /** What the search from the left found, by the forward model, which reads on beyond the gap. */
    FORWARD_AND_RIGHT("forward model, reading on after the gap"),
    /** Both models, as {@link GapFiller} does. */
    BOTH("both models");

    private final String words;

    View(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /**
   * How well gaps are filled.
   *
   * @param exact part of the gaps of which all characters are right
   * @param characters part of the characters that are right, each at its place
   */
  public record Accuracy(View view, double exact, double characters) {}

  /**
   * @param workers fill some gaps each
   */
  public FillMeasurement(GapFiller filler, ThreadTeam workers) {
    this(filler, workers, AT_ONCE);
  }

  /**
   * @param atOnce gaps whose sides are read before they are filled
   */
  FillMeasurement(GapFiller filler, ThreadTeam workers, int atOnce) {
    this.filler = filler;
    this.workers = workers;
    this.atOnce = atOnce;
  }

  /**
   * Fills gaps at random places of a text.
   *
   * @param text token ids
   * @param length of each gap
   * @param count of gaps, each at another place
   * @param seed of the places
   * @param progress called by any thread with the number of gaps filled so far
   * @return the accuracy of each view
   * @throws CorpusException if the text has too few places
   */
  public List<Accuracy> measure(int[] text, int length, int count, long seed, IntConsumer progress)
      throws CorpusException {
    int places = text.length - length - 2 * GapFiller.FAR;
    if (places < count) {
      throw new CorpusException(
          Formats.format(
              "%,d gaps of %,d characters need a text of %,d characters or more, got %,d; take a longer text or fewer gaps",
              count, length, count + length + 2 * GapFiller.FAR, text.length));
    }
    SplittableRandom random = RandomStreams.random(seed, RandomStreams.EVALUATION);
    int[] starts =
        random
            .ints(GapFiller.FAR, GapFiller.FAR + places)
            .distinct()
            .limit(count)
            .sorted()
            .toArray();
    int[][] right = new int[View.values().length][count]; // characters
    AtomicInteger done = new AtomicInteger();
    for (int from = 0; from < count; from += atOnce) {
      int first = from;
      int[] some = Arrays.copyOfRange(starts, from, Math.min(count, from + atOnce));
      Gap[] gaps = filler.read(text, some, length);
      workers.run(
          (some.length + PER_TASK - 1) / PER_TASK,
          task -> {
            int to = Math.min(some.length, (task + 1) * PER_TASK);
            for (int i = task * PER_TASK; i < to; i++) {
              int[] truth = Arrays.copyOfRange(text, some[i], some[i] + length);
              int[][] filled = fill(gaps[i], length);
              for (int view = 0; view < filled.length; view++) {
                right[view][first + i] = same(filled[view], truth);
              }
              gaps[i] = null; // its states are large
              progress.accept(done.incrementAndGet());
            }
          });
    }
    List<Accuracy> accuracies = new ArrayList<>();
    for (View view : View.values()) {
      int[] of = right[view.ordinal()];
      accuracies.add(
          new Accuracy(
              view,
              Arrays.stream(of).filter(n -> n == length).count() / (double) count,
              Arrays.stream(of).sum() / ((double) count * length)));
    }
    return accuracies;
  }

  /** Returns the text of each view for a gap. */
  private int[][] fill(Gap gap, int length) {
    Beams beams = filler.beams(gap, length);
    List<int[]> found = beams.fromLeft(length);
    double[] onwards = filler.forward(gap, found);
    int best =
        IntStream.range(0, found.size())
            .boxed()
            .max(Comparator.comparingDouble((Integer i) -> onwards[i]).thenComparing(i -> -i))
            .orElseThrow();
    return new int[][] {
      beams.forward().get(length).get(0).tokens(),
      Direction.BACKWARD.turned(beams.backward().get(length).get(0).tokens()),
      found.get(best),
      filler.fill(gap, beams, Lengths.exactly(length), 1).get(0).tokens()
    };
  }

  private static int same(int[] a, int[] b) {
    return (int) IntStream.range(0, a.length).filter(i -> a[i] == b[i]).count();
  }
}
