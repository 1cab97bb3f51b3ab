package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.cli.console.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PreparationTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console =
      new Console(
          new ByteArrayInputStream(new byte[0]),
          new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
          new PrintStream(err, true, StandardCharsets.UTF_8),
          true,
          true,
          true,
          80,
          Path.of(""));

  /** Where the terminal obeys escape sequences, which the constructor for tests takes it to. */
  @Test
  void longWorkIsShownAndTheLineClearedBehindIt() {
    try (Preparation preparation =
        new Preparation(console, "reading the prompt", 1_000_000, Duration.ZERO)) {
      preparation.accept(256_000);
    }
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("reading the prompt: 256,000 of 1,000,000 characters")
        .endsWith("\r\u001B[K");
  }

  @Test
  void shortWorkIsNot() {
    try (Preparation preparation = new Preparation(console, "reading the prompt", 1000)) {
      preparation.accept(1000);
    }
    assertThat(err.size()).isZero();
  }
}
