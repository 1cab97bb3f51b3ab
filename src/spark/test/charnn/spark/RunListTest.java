package charnn.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunListTest {
  @TempDir private Path folder;

  private List<RunList.Run> read(String text) throws IOException {
    return RunList.read(Files.writeString(folder.resolve("runs"), text));
  }

  @Test
  void wordsAreQuotedAsForTheShell() throws IOException {
    assertThat(
            read(
                "\ufeff# comment\n\n a --corpus 'my book.txt' --x \"a \\\" b\" c\\ d e'f'g\r\n"
                    + "b --steps 3 # more\n"))
        .containsExactly(
            new RunList.Run("a", List.of("--corpus", "my book.txt", "--x", "a \" b", "c d", "efg")),
            new RunList.Run("b", List.of("--steps", "3")));
  }

  @Test
  void whatIsNoListIsRefused() {
    assertThatThrownBy(() -> read("# none\n")).hasMessageContaining("there is no run in");
    assertThatThrownBy(() -> read("../a --steps 1\n"))
        .hasMessageContaining("must begin with a letter or digit");
    assertThatThrownBy(() -> read("a\na\n")).hasMessageContaining("is twice in");
    assertThatThrownBy(() -> read("a --corpus 'b\n")).hasMessageContaining("is not closed");
  }
}
