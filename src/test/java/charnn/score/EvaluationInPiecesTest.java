package charnn.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.engine.Dropout;
import charnn.engine.Networks;
import charnn.engine.TrainingPass;
import charnn.engine.Workers;
import charnn.engine.scalar.ScalarEngine;
import charnn.model.Network;
import charnn.model.RnnState;
import charnn.model.Score;
import charnn.text.Batch;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A text read in pieces, each with its lead-in, scores as it does read in one stream. */
class EvaluationInPiecesTest {
  private static final int V = 12;

  private final Network network = Networks.random(V, 20, 2, 1);
  private final ScalarEngine engine = new ScalarEngine(new Workers(1));

  @Test
  void scoresAsOneStreamDoes() {
    char[] text = new char[40_001];
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < text.length; i++) {
      text[i] = (char) random.nextInt(V);
    }
    Score pieces;
    try (Workers workers = new Workers(2)) {
      pieces = new Evaluator(engine, workers).evaluate(network, text, read -> {}).score();
    }
    Score stream = inOneStream(text);
    assertThat(pieces.characters()).isEqualTo(stream.characters());
    assertThat(pieces.loss()).isCloseTo(stream.loss(), within(1e-6));
    assertThat(pieces.correct()).isEqualTo(stream.correct());
  }

  private Score inOneStream(char[] text) {
    int seqLength = 100;
    Batch batch = new Batch(1, seqLength);
    RnnState state = new RnnState(network.architecture(), 1);
    Score sum = Score.NONE;
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
