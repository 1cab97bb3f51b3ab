package charnn.fuzz;

import charnn.data.Corpus;
import charnn.data.DecodingSettings;
import charnn.data.Vocabulary;
import charnn.generate.StateFile;
import charnn.model.Model;
import charnn.model.Models;
import charnn.model.Progress;
import charnn.model.Provenance;
import charnn.model.ScheduleHorizon;
import charnn.nn.CellType;
import charnn.nn.LossMetrics;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.nn.RecurrentState;
import charnn.predict.TextState;
import java.util.List;

/** The smallest model. */
final class FuzzModel {
  private FuzzModel() {}

  /** Returns the model as the owner of a saved state. */
  static StateFile.Owner owner() {
    Model model = atStep(1);
    return new StateFile.Owner(
        "fuzz",
        model.sha256(),
        model.vocabulary().size(),
        new TextState(List.of(new RecurrentState(model.network().architecture(), 1))));
  }

  static Model atStep(long step) {
    NetworkSpec architecture = new NetworkSpec(CellType.LSTM, 2, 1, 1);
    Corpus corpus =
        new Corpus(
            "ab",
            List.of(new Corpus.Source("book.txt", null, 2, "00".repeat(32))),
            new DecodingSettings(null, false),
            List.of(),
            List.of());
    return new Model(
        Network.initialised(architecture, 1),
        Vocabulary.of('a', 'b'),
        Models.plain(1, 1, 0.01)
            .engine("simd")
            .plan(ScheduleHorizon.ofSteps(1000), 100, 100)
            .build(),
        new Progress(
            step, 10, step, 1, LossMetrics.NONE, List.of(), 0, 0, 0, false, null, null, null),
        Provenance.here(corpus, "test", null));
  }
}
