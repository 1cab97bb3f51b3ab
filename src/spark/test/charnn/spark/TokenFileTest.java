package charnn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.data.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFileTest {
  private static final int LENGTH = 5_000;

  @TempDir private Path folder;

  private static Tokens random(int vocabularySize) {
    SplittableRandom random = new SplittableRandom(3);
    char[] ids = new char[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      ids[i] = (char) random.nextInt(vocabularySize);
    }
    return Tokens.of(ids);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 256, 257, 65_536})
  void partsAreWhatWasWritten(int vocabularySize) throws IOException {
    Tokens tokens = random(vocabularySize);
    Configuration hadoop = new Configuration();
    TokenFile file =
        TokenFile.write(
            new org.apache.hadoop.fs.Path(folder.toUri().toString(), "t" + vocabularySize),
            tokens,
            vocabularySize,
            hadoop);
    assertThat(file.open(0, LENGTH, hadoop).toArray()).isEqualTo(tokens.toArray());
    assertThat(file.open(1_234, 4_321, hadoop).toArray())
        .isEqualTo(tokens.part(1_234, 4_321).toArray());
  }

  @Test
  void cutsAreThoseOfThePart() throws IOException {
    Tokens tokens = Tokens.cut(random(10), 0, 1_000, 3_000);
    Configuration hadoop = new Configuration();
    TokenFile file =
        TokenFile.write(
            new org.apache.hadoop.fs.Path(folder.toUri().toString(), "cut"), tokens, 10, hadoop);
    assertThat(file.open(0, LENGTH, hadoop).cuts()).containsExactly(0, 1_000, 3_000);
    assertThat(file.open(500, 3_500, hadoop).cuts()).containsExactly(500, 2_500);
    assertThat(file.open(1_000, 3_000, hadoop).cuts()).isEmpty();
  }
}
