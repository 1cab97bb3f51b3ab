package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.checkpoint.ModelFile;
import charnn.cli.console.ExitCode;
import charnn.engine.Networks;
import charnn.engine.registry.EngineType;
import charnn.nn.CellType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A network of another cell than the usual one, from its training to its text. */
class CellCliTest {
  private static final String SIZE = "--hidden 6 --layers 2 --engine scalar";

  @TempDir private Path folder;
  private String corpus;

  @BeforeEach
  void write() throws IOException {
    corpus =
        Files.writeString(
                folder.resolve("tale.txt"), "once upon a time there was a miller\n".repeat(40))
            .toString();
  }

  private CommandRun charnn(String args) {
    return CommandRun.of(folder, args.split(" "));
  }

  private CommandRun train(String args) {
    return charnn("train --corpus " + corpus + " " + args);
  }

  private void trained(String name, int steps) {
    trained(CellType.RNN, name, steps);
  }

  private void trained(CellType cell, String name, int steps) {
    CommandRun run = train(SIZE + " --cell " + cell + " --name " + name + " --steps " + steps);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("2 " + cell.title() + " layers of 6 units");
  }

  private float[] parameters(String name) throws IOException {
    return ModelFile.read(folder.resolve("models").resolve(name).resolve("last.zip"))
        .network()
        .parameters();
  }

  @ParameterizedTest
  @CsvSource({
    "lstm,LSTM 1,R 6 x 24",
    "gru,GRU 1,R 6 x 18",
    "rnn,RNN 1,R 6 x 6",
    "mlstm,mLSTM 1,R 6 x 30",
    "phased-lstm,phased LSTM 1,R 6 x 24"
  })
  void aNetworkIsTrainedSampledScoredAndDescribed(String cell, String layer, String shape)
      throws IOException {
    trained(cell(cell), "model", 5);
    CommandRun info = charnn("info --model model");
    assertThat(info.out()).contains(layer, shape, "softmax");
    assertThat(info.out().lines().skip(2).limit(4).map(String::length).distinct()).hasSize(1);
    assertThat(charnn("info --model model --json").out())
        .contains("\"cell\": \"" + cell + "\"", "\"" + layer + "\"");
    for (String engine : new String[] {"scalar", "simd"}) {
      CommandRun sample = charnn("sample --model model --length 20 --seed 3 --engine " + engine);
      assertThat(sample.code()).as(sample.err()).isZero();
      assertThat(sample.out()).isNotBlank();
    }
    CommandRun eval = charnn("eval --model model --engine scalar --corpus " + corpus);
    assertThat(eval.code()).as(eval.err()).isZero();
    CommandRun score = charnn("score --model model --engine scalar --json " + corpus);
    assertThat(score.code()).as(score.err()).isZero();
  }

  private static CellType cell(String name) {
    return Arrays.stream(CellType.values())
        .filter(cell -> cell.toString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void aRunIsResumedBitIdentically(CellType cell) throws IOException {
    trained(cell, "whole", 6);
    trained(cell, "piece", 6);
    CommandRun more = charnn("train --resume --name piece --engine scalar --steps 9");
    assertThat(more.code()).as(more.err()).isZero();
    String again = "train --resume --name whole --engine scalar --steps 9 --cell ";
    CommandRun same = charnn(again + cell);
    assertThat(same.code()).as(same.err()).isZero();
    assertThat(parameters("piece")).isEqualTo(parameters("whole"));
    CellType other = cell == CellType.LSTM ? CellType.GRU : CellType.LSTM;
    CommandRun refused = charnn(again + other);
    assertThat(refused.code()).isNotZero();
    assertThat(refused.err())
        .contains("has --cell " + cell + "; it cannot be resumed with --cell " + other);
  }

  @ParameterizedTest
  @EnumSource
  void anyCellIsPlanned(CellType cell) {
    CommandRun plan =
        charnn("plan --corpus " + corpus + " --engine scalar --steps 9 --cell " + cell);
    assertThat(plan.code()).as(plan.err()).isZero();
    assertThat(plan.out()).contains("1 " + cell.title() + " layer of");
  }

  @ParameterizedTest
  @EnumSource(names = {"GRU", "MLSTM", "PHASED_LSTM"})
  void aCellThatDl4jLacksIsRefusedWithItsEngine(CellType cell) {
    CommandRun run = train(SIZE.replace("scalar", "dl4j") + " --steps 3 --cell " + cell);
    assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.err())
        .startsWith(
            "charnn: --engine dl4j has no layer of the cell "
                + cell
                + "; omit --engine, or use --cell lstm or rnn\n");
  }

  /** The first line is the refusal: nothing was begun. */
  @Test
  void aModelThatDl4jLacksIsRefusedAtOnce() {
    trained(CellType.GRU, "gru", 2);
    for (String command :
        List.of(
            "sample --length 5",
            "continue Once --length 5",
            "eval --corpus " + corpus,
            "score " + corpus)) {
      CommandRun run = charnn(command + " --model gru --engine dl4j");
      assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
      assertThat(run.err())
          .startsWith(
              "charnn: --engine dl4j has no layer of the model's cell gru; omit --engine\n");
    }
    for (String command : List.of("plan --cell gru", "plan --init-from gru", "bench --cell gru")) {
      CommandRun run =
          charnn(
              command
                  + (command.startsWith("plan") ? " --direction both --corpus " + corpus : "")
                  + " --engine dl4j");
      assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
      assertThat(run.err())
          .startsWith("charnn: --engine dl4j has no layer of the cell gru; omit --engine, or");
    }
  }

  @Test
  void aModelOfAnotherCellIsNoStart() {
    trained("rnn", 3);
    CommandRun run = train("--init-from rnn --cell lstm --engine scalar --name lstm --steps 3");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.err())
        .contains(
            "the model to start from has 2 RNN layers of 6 units, not 2 LSTM layers of 6 units")
        .contains("leave --cell, --preset, --layers and --hidden out");
    CommandRun same = train("--init-from rnn --engine scalar --name next --steps 3");
    assertThat(same.code()).as(same.err()).isZero();
    assertThat(same.err()).contains("2 RNN layers of 6 units");
  }

  /** To the optimizer's rounding: Adam divides small gradients by their own size. */
  @Test
  void everyEngineTrainsTheSameRnn() throws IOException {
    for (EngineType kind : EngineType.values()) {
      CommandRun run =
          train(
              "--hidden 6 --cell rnn --windows random --dropout 0 --weight-drop 0 --steps 3 --engine "
                  + kind
                  + " --name "
                  + kind);
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(Networks.relativeError(parameters(kind.toString()), parameters("simd")))
          .as(kind.toString())
          .isLessThan(1e-3);
    }
  }

  @Test
  void aCellThatIsNoneIsRefusedWithThoseThatAre() {
    CommandRun run = train("--cell xyz --steps 3");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.err())
        .contains("--cell must be lstm, gru, rnn, mlstm or phased-lstm, got 'xyz'");
    assertThat(train("--cell GRUU --steps 3").err()).contains("got 'GRUU'; did you mean gru?");
  }
}
