package charnn.report;

import charnn.data.Corpus;
import charnn.data.DecodingSettings;
import charnn.data.Vocabulary;
import charnn.model.Model;
import charnn.model.Models;
import charnn.model.Progress;
import charnn.model.Provenance;
import charnn.model.ScheduleHorizon;
import charnn.nn.CellType;
import charnn.nn.LossMetrics;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import java.util.List;

/** The smallest models, for listeners that look at nothing but their progress. */
final class TestModels {
  private TestModels() {}

  static Model atStep(long step) {
    return atStep(step, ScheduleHorizon.ofSteps(1000));
  }

  static Model atStep(long step, ScheduleHorizon horizon) {
    return atStep(step, horizon, null);
  }

  static Model atStep(long step, ScheduleHorizon horizon, Long samplesBytes) {
    NetworkSpec architecture = new NetworkSpec(CellType.LSTM, 2, 1, 1);
    return new Model(
        new Network(architecture, new float[architecture.parameterCount()]),
        Vocabulary.of('a', 'b'),
        Models.plain(1, 1, 0.01).engine("simd").plan(horizon, 100, 100).build(),
        new Progress(
            step,
            10,
            step,
            1,
            LossMetrics.NONE,
            List.of(),
            0,
            0,
            0,
            false,
            samplesBytes,
            null,
            null),
        new Provenance(
            List.of(new Corpus.Source("book.txt", null, 2, "00".repeat(32))),
            null,
            new DecodingSettings(null, false),
            "00",
            "test",
            "test",
            "test",
            "test",
            "test",
            null));
  }
}
