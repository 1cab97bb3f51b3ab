package charnn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileEncodingTest {
  @ParameterizedTest
  @CsvSource({
    "old.txt, old.txt, true",
    "old.txt, books/old.txt, true",
    "old.txt, /home/me/books/old.txt, true",
    "old.txt, books/very-old.txt, false",
    "old.txt, old.txt.gz, false",
    "books/old.txt, /home/me/books/old.txt, true",
    "books/old.txt, other/old.txt, false",
    "*.txt, books/old.txt, true",
    "'*.{txt,asc}', books/old.asc, true",
    "old/*.txt, a/old/b.txt, true",
    "old/*.txt, a/old/b/c.txt, false",
    "old/**, a/old/b/c.txt, true",
    "b [1].txt, b [1].txt, true",
    "b [1].txt, a/b [1].txt, true",
    "old.txt, books.zip!/old.txt, true",
    "-, standard input, true",
    "-, a/-, true",
  })
  void namesFilesByTheEndOfTheirPaths(String files, String place, boolean isOf) {
    assertThat(new FileEncoding(files, "KOI8-R").isOf(place)).isEqualTo(isOf);
  }

  @Test
  void theLastThatNamesAFileCounts() {
    DecodingSettings settings =
        new DecodingSettings("GBK", false)
            .withEncodings(
                List.of(
                    new FileEncoding("*.txt", "windows-1252"), new FileEncoding("b.txt", "Big5")));
    assertThat(settings.charsetOf("a.txt")).hasToString("windows-1252");
    assertThat(settings.charsetOf("b.txt")).hasToString("Big5");
    assertThat(settings.charsetOf("c.htm")).isNull();
    assertThat(settings.withEncodings(List.of()).encodings()).isNull();
  }

  @Test
  void refusesWhatIsNone() {
    assertThatThrownBy(() -> new FileEncoding("a.txt", "no-such"))
        .hasMessage("'no-such' is no known encoding");
    assertThatThrownBy(() -> new FileEncoding("", "GBK")).hasMessageContaining("must name them");
    assertThatThrownBy(() -> new FileEncoding("[a", "GBK")).hasMessageContaining("is no glob");
  }
}
