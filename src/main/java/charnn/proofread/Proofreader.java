package charnn.proofread;

import charnn.eval.Evaluator;
import charnn.nn.LossMetrics;
import charnn.predict.BothSides;
import charnn.proofread.SecondReading.Gain;
import charnn.proofread.SecondReading.Place;
import charnn.util.ThreadTeam;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.DoubleConsumer;

/**
 * Finds characters of texts that two models find improbable, one that knows what is before and one
 * that knows what follows: {@link FirstReading} finds where edits may improve a text, {@link
 * SecondReading} what they gain, {@link Proofreading} those that are made.
 *
 * @param workers read in parallel; the result does not depend on them
 */
public record Proofreader(BothSides sides, Evaluator evaluator, ThreadTeam workers) {
  /** An estimate is trusted that far: a part of the threshold. */
  private static final double TRUST = 0.5;

  /**
   * Reads a text.
   *
   * @param text token ids
   * @param gaps indices of characters before which one is missing: it is found at any threshold
   * @param least the lowest threshold that will be asked for, in bits
   * @param progress called by any thread with the fraction that is done
   */
  public Proofreading read(char[] text, BitSet gaps, double least, DoubleConsumer progress) {
    double nats = TRUST * least * LossMetrics.LN_2;
    FirstReading first = new FirstReading(evaluator, sides, text, gaps, nats);
    List<Place> places = new ArrayList<>();
    first
        .estimates(done -> progress.accept(0.5 * done / text.length))
        .forEach(
            (at, here) ->
                places.add(new Place(at, here.stream().map(FirstReading.Estimate::edit).toList())));
    WordCounts words = new WordCounts(text, sides.vocabulary());
    float[] unigram = FirstReading.unigram(text, sides.vocabulary().size());
    SecondReading second = new SecondReading(sides, unigram, words, workers);
    List<Gain> gains =
        second.gains(
            places, CorrectedText.of(text, List.of()), done -> progress.accept(0.5 + 0.5 * done));
    return new Proofreading(text, gaps, second, gains);
  }
}
