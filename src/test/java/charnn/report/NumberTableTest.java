package charnn.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumberTableTest {
  @TempDir private Path folder;

  private NumberTable read(String content) throws IOException {
    return NumberTable.read(Files.write(folder.resolve("table.csv"), content.getBytes(UTF_8)));
  }

  @Test
  void emptyCellsAreNoNumbersAndOtherLinesAreLeftOut() throws IOException {
    NumberTable table =
        read("step,loss\n1,2.5\n2,\n3\nx,y\n4,1e-3\n,,\n" + "9".repeat(1_000_000) + "\n5,0.");
    assertThat(table.column("step")).containsExactly(1, 2, 4, 5);
    assertThat(table.column("loss")).containsExactly(2.5, Double.NaN, 1e-3, 0);
    assertThat(table.column("other")).hasSize(4).containsOnly(Double.NaN);
    assertThat(table.has("loss")).isTrue();
    assertThat(table.has("other")).isFalse();
  }

  @Test
  void aFileThatIsNotThereOrEmptyHasNoRows() throws IOException {
    assertThat(NumberTable.read(folder.resolve("none.csv")).rows()).isEmpty();
    assertThat(read("").rows()).isEmpty();
    assertThat(read(",".repeat(10_000) + "\n" + ",".repeat(10_000)).rows()).isEmpty();
  }

  @Test
  void thinnedRowsKeepTheEvaluationsAndTheEnd() {
    List<double[]> rows = new ArrayList<>();
    IntStream.range(0, 10_000)
        .forEach(i -> rows.add(new double[] {i, i % 333 == 5 ? i : Double.NaN}));
    NumberTable table = new NumberTable(List.of("step", "held_out_loss"), rows);
    NumberTable thinned = table.thinned(500, "held_out_loss");
    assertThat(thinned.rows()).hasSizeLessThan(600);
    assertThat(thinned.column("step")).isSorted().contains(0, 9_999);
    assertThat(thinned.rows().stream().filter(row -> row[1] >= 0)).hasSize(31);
    assertThat(table.thinned(10_000, "held_out_loss")).isSameAs(table);
  }
}
