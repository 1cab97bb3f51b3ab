package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.checkpoint.ModelFile;
import charnn.cli.console.ExitCode;
import charnn.engine.Networks;
import charnn.engine.registry.EngineType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    CommandRun run = train(SIZE + " --cell rnn --name " + name + " --steps " + steps);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("2 RNN layers of 6 units");
  }

  private float[] parameters(String name) throws IOException {
    return ModelFile.read(folder.resolve("models").resolve(name).resolve("last.zip"))
        .network()
        .parameters();
  }

  @Test
  void anRnnIsTrainedSampledScoredAndDescribed() throws IOException {
    trained("rnn", 5);
    assertThat(parameters("rnn")).hasSizeLessThan(400);
    CommandRun info = charnn("info --model rnn");
    assertThat(info.out()).contains("RNN 1", "R 6 x 6", "RNN 2", "softmax");
    assertThat(charnn("info --model rnn --json").out()).contains("\"cell\": \"rnn\"");
    CommandRun sample = charnn("sample --model rnn --engine scalar --length 20 --seed 3");
    assertThat(sample.code()).as(sample.err()).isZero();
    assertThat(sample.out()).isNotBlank();
    CommandRun eval = charnn("eval --model rnn --engine scalar --corpus " + corpus);
    assertThat(eval.code()).as(eval.err()).isZero();
  }

  @Test
  void anRnnIsResumedBitIdentically() throws IOException {
    trained("whole", 6);
    trained("piece", 6);
    CommandRun more = charnn("train --resume --name piece --engine scalar --steps 9");
    assertThat(more.code()).as(more.err()).isZero();
    CommandRun same = charnn("train --resume --name whole --engine scalar --steps 9 --cell rnn");
    assertThat(same.code()).as(same.err()).isZero();
    assertThat(parameters("piece")).isEqualTo(parameters("whole"));
    CommandRun other = charnn("train --resume --name whole --engine scalar --steps 12 --cell lstm");
    assertThat(other.code()).isNotZero();
    assertThat(other.err()).contains("--cell lstm, not rnn");
  }

  @Test
  void anRnnIsPlanned() {
    CommandRun plan = charnn("plan --corpus " + corpus + " --cell rnn --engine scalar --steps 9");
    assertThat(plan.code()).as(plan.err()).isZero();
    assertThat(plan.out()).contains("1 RNN layer of");
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
    assertThat(run.err()).contains("--cell must be lstm, gru, rnn, mlstm or phased-lstm, got 'xyz'");
  }
}
