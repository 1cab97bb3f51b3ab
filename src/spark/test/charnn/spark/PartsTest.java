package charnn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.data.Tokens;
import org.junit.jupiter.api.Test;

class PartsTest {
  @Test
  void partsAreEqual() {
    assertThat(Parts.bounds(Tokens.of(new char[10]), 3, -1)).containsExactly(0, 3, 6, 10);
    assertThat(Parts.bounds(Tokens.of(new char[10]), 1, -1)).containsExactly(0, 10);
  }

  @Test
  void partsOfDocumentsBeginWithOne() {
    Tokens tokens =
        Tokens.of((char) 1, (char) 9, (char) 1, (char) 1, (char) 1, (char) 9, (char) 1, (char) 9);
    assertThat(Parts.bounds(tokens, 2, 9)).containsExactly(0, 6, 8);
    assertThat(Parts.bounds(tokens, 4, 9)).containsExactly(0, 2, 6, 6, 8);
  }
}
