package charnn.data.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import charnn.data.CorpusException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusListTest {
  @TempDir private Path folder;

  private List<CorpusInput> read(String lines) throws IOException {
    return CorpusList.read(Files.writeString(folder.resolve("list"), lines));
  }

  @Test
  void namesAreRelativeToTheListsFolder() throws IOException {
    Path one = Files.writeString(folder.resolve("one.txt"), "one");
    Files.writeString(Files.createDirectory(folder.resolve("b c")).resolve("#2.txt"), "two");
    Files.write(folder.resolve("a.zip"), Packed.zip("x.txt", "x"));
    assertThat(read("# books\r\none.txt\n\n  b c/#2.txt \nb c\n" + one + "\na.zip!/x.txt"))
        .extracting(CorpusInput::name)
        .containsExactly(
            folder + "/one.txt",
            folder + "/b c/#2.txt",
            folder + "/b c",
            one.toString(),
            folder + "/a.zip!/x.txt");
  }

  @Test
  void whatIsWrongIsNamedWithItsLine() {
    refuses(
        "# nothing\n\n", folder + "/list names no texts; it needs the name of a file in each line");
    refuses(
        "#\nno.txt\n",
        "cannot find %1$s/no.txt, named in line 2 of %1$s/list; check the path".formatted(folder));
    refuses("-\n", "line 1 of " + folder + "/list names standard input; name a file");
  }

  private void refuses(String lines, String message) {
    assertThatThrownBy(() -> read(lines)).isInstanceOf(CorpusException.class).hasMessage(message);
  }
}
