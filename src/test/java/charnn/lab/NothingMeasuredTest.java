package charnn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.report.figure.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was not measured is not drawn, and replaces nothing. */
class NothingMeasuredTest {
  @TempDir private Path folder;

  @Test
  void anEmptyTableAndAnEmptyFigureReplaceNothing() throws IOException {
    Lab lab = LabFixture.lab(folder, Map.of());
    lab.save("numbers", new DataTable("x"));
    lab.save("figure", Figure.of(Figure.curves("title", "x", "y")));
    assertThat(lab.hasSaved()).isFalse();
    assertThat(folder).isEmptyDirectory();
    Files.writeString(folder.resolve("figure.png"), "before");
    lab.save("figure", Figure.of(Figure.curves("title", "x", "y")));
    assertThat(folder.resolve("figure.png")).hasContent("before");
  }

  @Test
  void aChartWithoutCurvesTakesNoPlace() {
    var drawn = Figure.curves("title", "x", "y");
    Figure.points(drawn, "curve", new double[] {1, 2}, new double[] {3, 4});
    assertThat(Figure.of(Figure.curves("none", "x", "y"), drawn).width())
        .isEqualTo(Figure.of(drawn).width());
  }
}
