package charnn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.report.figure.Figure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<String> log = new ArrayList<>();

  private Lab lab() {
    return LabFixture.lab(folder, Map.of(), null, out, log::add);
  }

  /** Java throws these where fontconfig, fonts or FreeType are missing. */
  @Test
  void withoutFontsOnlyTheFigureIsMissing() throws IOException {
    Lab lab = lab();
    for (Error missing : List.of(new NoClassDefFoundError("fonts"), new InternalError("fonts"))) {
      lab.save("figure", new Figure(10, 10, (graphics, width, height) -> fail(missing)));
    }
    assertThat(log).hasSize(2).allMatch(line -> line.contains("install fontconfig and fonts"));
    assertThat(folder).isEmptyDirectory();
  }

  private static void fail(Error error) {
    throw error;
  }

  @Test
  void aTableThatGrowsIsPrintedAsItGrows() throws IOException {
    Lab lab = lab();
    DataTable table = new DataTable("n", "name");
    lab.print("table", table);
    table.add(1, "one");
    lab.print("table", table);
    table.add(2, "two");
    lab.print("table", table);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("none\nn  name\n1  one\n2  two\n");
    assertThat(folder.resolve("table.csv")).hasContent("n,name\n1,one\n2,two\n");
  }
}
