package charnn.fuzz;

import charnn.model.Architecture;
import charnn.model.Model;
import charnn.model.Network;
import charnn.model.Pace;
import charnn.model.Progress;
import charnn.model.Provenance;
import charnn.model.Recipe;
import charnn.model.Regularization;
import charnn.model.Schedule;
import charnn.model.Score;
import charnn.text.Alphabet;
import charnn.text.Corpus;
import java.util.List;

/** The smallest model. */
final class FuzzModel {
  private FuzzModel() {}

  static Model atStep(long step) {
    Architecture architecture = new Architecture(2, 1, 1);
    Corpus corpus =
        new Corpus(
            "ab",
            List.of(new Corpus.Source("book.txt", null, 2, "00".repeat(32))),
            new Corpus.Reading(null, false),
            List.of());
    return new Model(
        Network.initialised(architecture, 1),
        Alphabet.of('a', 'b'),
        new Recipe(
            1,
            1,
            Regularization.NONE,
            Schedule.cosine(0.01),
            0.1,
            Recipe.Order.STREAM,
            1,
            "simd",
            Pace.ofSteps(1000),
            100,
            100,
            0),
        new Progress(step, 10, step, 1, Score.NONE, List.of(), 0, 0, 0, false, null, null),
        Provenance.here(corpus, "test", null));
  }
}
