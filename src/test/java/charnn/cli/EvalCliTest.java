package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.cli.console.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvalCliTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "--threads 0, --threads must be 1 to",
    "--protocol windows --context 0, --context must be 1 or more",
    "--protocol windows --count 0, --count must be 1 to",
    "--protocol dynamic --engine dl4j, omit --engine dl4j",
  })
  void settingsAreCheckedBeforeAnyFileIsRead(String options, String message) {
    CommandRun run =
        CommandRun.of(folder, ("eval --model none --corpus none.txt " + options).split(" "));
    assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.err()).contains(message);
  }
}
