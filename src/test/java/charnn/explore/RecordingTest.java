package charnn.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.data.Tokens;
import charnn.engine.NaiveNetwork;
import charnn.engine.registry.EngineType;
import charnn.eval.Evaluator;
import charnn.model.Model;
import charnn.model.Models;
import charnn.nn.CellType;
import charnn.predict.SingleModel;
import charnn.util.ThreadTeam;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordingTest {
  private static final String TEXT = "a cat, “a dog”\nand a man. ".repeat(12);
  private static final int H = 9;

  @ParameterizedTest
  @EnumSource
  void whatCellsDoAndWhatIsPredictedIsTheModels(CellType cell) {
    Model model = Models.random(cell, TEXT, H, 2);
    Tokens tokens = Tokens.of(model.vocabulary().encode(TEXT));
    NaiveNetwork naive = new NaiveNetwork(model.network());
    try (ThreadTeam workers = new ThreadTeam(1)) {
      Recording recording =
          Recording.of(EngineType.fastest().create(workers), model, tokens, done -> {});
      assertThat(recording.length()).isEqualTo(TEXT.length());
      assertThat(recording.cells()).isEqualTo(2 * H);
      for (int t = 0; t < 60; t++) {
        naive.step(tokens.at(t));
        for (int c = 0; c < 2 * H; c++) {
          double state = naive.states(c / H)[cell.memory()][c % H];
          assertThat((double) recording.memory()[t][c])
              .isCloseTo(cell.memory() == 0 ? state : Math.tanh(state), within(1e-5));
        }
        float[] probabilities = recording.probabilities()[t];
        assertThat(probabilities).hasSize(Recording.LIKELIEST);
        for (int k = 1; k < probabilities.length; k++) {
          assertThat(probabilities[k]).isBetween(0f, probabilities[k - 1]);
        }
      }
      double expected =
          new Evaluator(EngineType.SCALAR.create(workers), workers)
              .evaluate(
                  new SingleModel(EngineType.SCALAR.create(workers), model), tokens, done -> {})
              .score()
              .loss();
      assertThat(recording.loss()).isCloseTo(expected, within(1e-4));
      gatesAreThoseOfTheCell(cell, recording.gates());
    }
  }

  private static void gatesAreThoseOfTheCell(CellType cell, GateStatistics gates) {
    assertThat(gates.gates().stream().map(gate -> gate.layer() + " " + gate.name()))
        .containsExactly(
            switch (cell) {
              case LSTM, MLSTM ->
                  new String[] {
                    "0 forget", "0 output", "0 input", "1 forget", "1 output", "1 input"
                  };
              case PHASED_LSTM ->
                  new String[] {
                    "0 forget",
                    "0 output",
                    "0 input",
                    "0 time",
                    "1 forget",
                    "1 output",
                    "1 input",
                    "1 time"
                  };
              case GRU -> new String[] {"0 reset", "0 update", "1 reset", "1 update"};
              case RNN -> new String[0];
            });
    for (GateStatistics.OfGate gate : gates.gates()) {
      for (int unit = 0; unit < H; unit++) {
        assertThat(gate.mean()[unit]).isBetween(0.0, 1.0);
        assertThat(gate.closed()[unit] + gate.open()[unit]).isBetween(0.0, 1.0);
      }
    }
    assertThat(gates.memoryLengths()).hasNumberOfRows(cell == CellType.RNN ? 0 : 2);
    for (double[] layer : gates.memoryLengths()) {
      assertThat(Arrays.stream(layer).boxed()).allMatch(length -> length > 0 && length < 1000);
    }
  }
}
