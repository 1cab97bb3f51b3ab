package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A character is a code point, also in the sizes that messages give. */
class EmojiCliTest {
  private static final String TEXT = "\uD83D\uDE00\uD83D\uDE01".repeat(1000);

  @TempDir private Path folder;

  @Test
  void thePlanCountsCodePoints() throws IOException {
    Path file = Files.writeString(folder.resolve("emoji.txt"), TEXT);
    InProcess.Result planned =
        new InProcess(folder).line("plan --validation 0.1 --steps 5 --corpus " + file);
    assertThat(planned.out()).contains("1,800 characters to train on");
  }

  @Test
  void theMemoryNeededIsThatOfCodePoints() throws IOException {
    Path file = Files.writeString(folder.resolve("emoji.txt"), TEXT);
    Path plain = Files.writeString(folder.resolve("plain.txt"), "ab".repeat(1000));
    String options = "plan --json --steps 5 --hidden 16 --batch-size 2 --seq-length 4 --corpus ";
    assertThat(memory(new InProcess(folder).line(options + file).out()))
        .isEqualTo(memory(new InProcess(folder).line(options + plain).out()));
  }

  private static String memory(String json) {
    return json.lines().filter(line -> line.contains("megabytes")).findFirst().orElseThrow();
  }
}
