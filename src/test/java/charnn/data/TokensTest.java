package charnn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TokensTest {
  private static final Tokens TEXT = Tokens.of("abcdefgh".toCharArray());

  private static String read(Tokens tokens) {
    return new String(tokens.toArray());
  }

  @Test
  void partsOfPartsAndReversalsAreThoseOfTheText() {
    assertThat(read(TEXT.part(2, 7))).isEqualTo("cdefg");
    assertThat(read(TEXT.part(2, 7).part(1, 4))).isEqualTo("def");
    assertThat(read(TEXT.part(2, 7).reversed())).isEqualTo("gfedc");
    assertThat(read(TEXT.part(2, 7).reversed().part(1, 3))).isEqualTo("fe");
    assertThat(read(TEXT.reversed().reversed())).isEqualTo("abcdefgh");
    assertThat(read(TEXT.part(8, 8))).isEmpty();
  }

  @Test
  void theFirstAndTheLastAreNoMoreThanThereAre() {
    assertThat(read(TEXT.first(3))).isEqualTo("abc");
    assertThat(read(TEXT.last(3))).isEqualTo("fgh");
    assertThat(read(TEXT.first(9))).isEqualTo("abcdefgh");
    assertThat(read(TEXT.last(9))).isEqualTo("abcdefgh");
  }

  @Test
  void aPartThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> TEXT.part(2, 9)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> TEXT.part(-1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> TEXT.part(3, 5).part(1, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> TEXT.part(5, 4)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  /** A text of 3 billion tokens, none of which is stored. */
  @Test
  void batchesReadATextThatIsLongerThanAnArray() {
    long length = 3_000_000_000L;
    Tokens text =
        new Tokens() {
          @Override
          public long length() {
            return length;
          }

          @Override
          public int at(long index) {
            return (int) (index % 1009);
          }
        };
    for (BatchSource source :
        new BatchSource[] {
          new ContiguousBatches(text, 4, 5, 1), new RandomBatches(text, 4, 5, 1)
        }) {
      assertThat(source.stepsPerEpoch()).isEqualTo(length / 20);
      Batch batch = new Batch(4, 5);
      source.nextBatch(source.stepsPerEpoch() - 1, batch);
      for (int i = 0; i < 20; i++) {
        int next = (batch.inputs()[i] + 1) % 1009;
        assertThat(batch.targets()[i]).isIn(next, 0); // 0: from the end to the start
      }
    }
  }
}
