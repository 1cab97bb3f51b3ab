package charnn.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DataTableTest {
  @Test
  void aColumnHasAsManyDecimalsAsItsLargestNumberNeeds() {
    DataTable table = new DataTable("n", "x", "y", "what");
    table.add(1000, 12.3456, 0.00001, "a");
    table.add(2, 1.0, null, "b");
    assertThat(table.toText())
        .isEqualTo(
            """
                n      x         y  what
            1,000  12.35  1.00e-05  a
                2   1.00         -  b
            """);
  }

  @Test
  void newTextIsOfTheRowsThatWereAddedSince() {
    DataTable table = new DataTable("n", "what");
    assertThat(table.newText()).isEqualTo("none");
    table.add(1, "a");
    assertThat(table.newText()).isEqualTo("n  what\n1  a");
    table.add(2, "b");
    table.add(3, "c");
    assertThat(table.newText()).isEqualTo("2  b\n3  c");
  }

  @Test
  void csvHasAllDigitsAndQuotesWhatNeedsIt() {
    DataTable table = new DataTable("x", "said, \"so\"");
    table.add(1 / 3.0, "a\nb");
    table.add(null, "c");
    assertThat(table.toCsv())
        .isEqualTo("x,\"said, \"\"so\"\"\"\n0.3333333333333333,\"a\nb\"\n,c\n");
  }

  @Test
  void aRowHasACellForEachName() {
    assertThatThrownBy(() -> new DataTable("a", "b").add(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2");
  }
}
