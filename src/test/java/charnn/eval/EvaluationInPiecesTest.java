package charnn.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.data.Batch;
import charnn.data.Vocabulary;
import charnn.engine.Dropout;
import charnn.engine.Networks;
import charnn.engine.TrainingPass;
import charnn.engine.reference.ReferenceEngine;
import charnn.nn.LossMetrics;
import charnn.nn.Network;
import charnn.nn.RecurrentState;
import charnn.predict.LanguageModel;
import charnn.predict.SingleModel;
import charnn.util.ThreadTeam;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A text read in pieces, each with its burn-in, scores as it does read in one stream. */
class EvaluationInPiecesTest {
  private static final int V = 12;

  private final Network network = Networks.random(V, 20, 2, 1);
  private final ReferenceEngine engine = new ReferenceEngine(new ThreadTeam(1));
  private final LanguageModel model =
      new SingleModel(engine, network, Vocabulary.ofText("abcdefghijkl"));

  @Test
  void scoresAsOneStreamDoes() {
    char[] text = new char[40_001];
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < text.length; i++) {
      text[i] = (char) random.nextInt(V);
    }
    LossMetrics pieces;
    try (ThreadTeam workers = new ThreadTeam(2)) {
      pieces = new Evaluator(engine, workers).evaluate(model, text, read -> {}).score();
    }
    LossMetrics stream = inOneStream(text);
    assertThat(pieces.characters()).isEqualTo(stream.characters());
    assertThat(pieces.loss()).isCloseTo(stream.loss(), within(1e-6));
    assertThat(pieces.correct()).isEqualTo(stream.correct());
  }

  private LossMetrics inOneStream(char[] text) {
    int seqLength = 100;
    Batch batch = new Batch(1, seqLength);
    RecurrentState state = new RecurrentState(network.architecture(), 1);
    LossMetrics sum = LossMetrics.NONE;
    try (TrainingPass pass = engine.training(network, 1, seqLength, Dropout.NONE)) {
      for (int from = 0; from + seqLength < text.length; from += seqLength) {
        for (int t = 0; t < seqLength; t++) {
          batch.inputs()[t] = text[from + t];
          batch.targets()[t] = text[from + t + 1];
        }
        sum = sum.plus(Networks.predict(pass, network, batch, state));
      }
    }
    return sum;
  }
}
