package charnn.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.data.Batch;
import charnn.data.Tokens;
import charnn.data.Vocabulary;
import charnn.engine.Dropout;
import charnn.engine.Networks;
import charnn.engine.TrainingPass;
import charnn.engine.reference.ReferenceEngine;
import charnn.nn.CellType;
import charnn.nn.LossMetrics;
import charnn.nn.Network;
import charnn.nn.RecurrentState;
import charnn.predict.LanguageModel;
import charnn.predict.SingleModel;
import charnn.util.ThreadTeam;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A text read in pieces, each with its burn-in, scores as it does read in one stream. */
class EvaluationInPiecesTest {
  private static final int V = 12;

  private final ReferenceEngine engine = new ReferenceEngine(new ThreadTeam(1));

  @ParameterizedTest
  @EnumSource
  void scoresAsOneStreamDoes(CellType cell) {
    Network network = Networks.random(cell, V, 12, 2, 1);
    LanguageModel model = new SingleModel(engine, network, Vocabulary.ofText("abcdefghijkl"));
    char[] text = new char[40_001];
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < text.length; i++) {
      text[i] = (char) random.nextInt(V);
    }
    LossMetrics pieces;
    try (ThreadTeam workers = new ThreadTeam(2)) {
      pieces = new Evaluator(engine, workers).evaluate(model, Tokens.of(text), read -> {}).score();
    }
    LossMetrics stream = inOneStream(network, text);
    assertThat(pieces.characters()).isEqualTo(stream.characters());
    boolean forgetsTheTime = cell != CellType.PHASED_LSTM; // of its beginning
    assertThat(pieces.loss()).isCloseTo(stream.loss(), within(forgetsTheTime ? 1e-6 : 1e-3));
    assertThat(pieces.correct())
        .isCloseTo(stream.correct(), within(forgetsTheTime ? 0 : stream.characters() / 100));
  }

  private LossMetrics inOneStream(Network network, char[] text) {
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
