package charnn.proofread;

import static charnn.proofread.ErrorKind.EXTRA;
import static charnn.proofread.ErrorKind.MISSING;
import static charnn.proofread.ErrorKind.SWAPPED;
import static charnn.proofread.ErrorKind.WRONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CorrectedTextTest {
  private static CorrectedText of(String text, Edit... edits) {
    return CorrectedText.of(text.toCharArray(), List.of(edits));
  }

  @Test
  void editsAreMadeInAnyOrder() {
    CorrectedText text =
        of(
            "tehh knxgsat",
            new Edit(WRONG, 7, 'i'),
            new Edit(MISSING, 9, ' '),
            new Edit(SWAPPED, 1, 0),
            new Edit(EXTRA, 3, 0),
            new Edit(MISSING, 7, 'Y'));
    assertThat(new String(text.tokens())).isEqualTo("the knYig sat");
    assertThat(text.index()).containsExactly(0, 1, 2, 3, 3, 4, 5, 7, 8, 10, 11, 12, 13);
  }

  @Test
  void theEndsCanBeEdited() {
    CorrectedText text =
        of("xabc", new Edit(EXTRA, 0, 0), new Edit(MISSING, 4, 'e'), new Edit(WRONG, 3, 'd'));
    assertThat(new String(text.tokens())).isEqualTo("abde");
    assertThat(text.index()).containsExactly(0, 0, 1, 2, 4);
  }

  @Test
  void withoutEditsItIsTheText() {
    CorrectedText text = of("abc");
    assertThat(text.tokens()).containsExactly('a', 'b', 'c');
    assertThat(text.index()).containsExactly(0, 1, 2, 3);
  }
}
