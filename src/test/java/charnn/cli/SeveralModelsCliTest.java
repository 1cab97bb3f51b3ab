package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.cli.console.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeveralModelsCliTest {
  @TempDir private static Path folder;

  @Test
  void aCommandOfOneModelSaysWhichTakeSeveral() {
    CommandRun run = CommandRun.of(folder, "info", "--model", "a", "--model=b");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.err())
        .contains(
            "info takes one --model, got 2: a, b; sample, continue, eval and score take several");
    assertThat(run.out()).isEmpty();
  }
}
