package charnn.data.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import charnn.data.CorpusException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebAddressTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gutenberg:2591 | gutenberg:2591 | pg2591.txt",
        "Gutenberg: 02591 | gutenberg:2591 | pg2591.txt",
        "https://www.gutenberg.org/ebooks/2591 | gutenberg:2591 | pg2591.txt",
        "https://a.org/b/tale.txt?x=1#y | https://a.org/b/tale.txt?x=1 | tale.txt",
        "HTTP://a.org | HTTP://a.org | a.org",
        "https://a.org/b/ | https://a.org/b/ | b",
        "https://a.org/.. | https://a.org/.. | a.org",
        "https://a.org/a%2Fb:c%00 | https://a.org/a%2Fb:c%00 | b_c_",
        "https://a.org/\u00e9.txt | https://a.org/%C3%A9.txt | \u00e9.txt",
      })
  void anAddressHasOneNameAndAFileName(String given, String name, String file) throws IOException {
    WebAddress address = WebAddress.of(given);
    assertThat(WebAddress.isMeant(given)).isTrue();
    assertThat(address.name()).isEqualTo(name);
    assertThat(address.fileName()).isEqualTo(file);
    assertThat(WebAddress.of(name)).isEqualTo(address);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ftp://a.org/b | begin with https:// or http://",
        "file:///etc/passwd | begin with https:// or http://",
        "gutenberg:grimm | give its number, for instance gutenberg:2591",
        "gutenberg:0 | give its number",
        "https://a.org/a b | is no address",
        "https:///a | names no host",
        "https://me:secret@a.org/b | an address with a password",
      })
  void whatIsNoAddressIsRefused(String given, String message) {
    assertThat(WebAddress.isMeant(given)).isTrue();
    assertThatThrownBy(() -> WebAddress.of(given))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"grimm.txt", "-", "/a//b", "c:\\a", "c:/a", "a.zip!/b", "gutenberg", "http"})
  void filesAreNoAddresses(String name) {
    assertThat(WebAddress.isMeant(name)).isFalse();
  }

  @Test
  void anEntryOfAnArchiveIsNoPartOfTheAddress() {
    assertThat(WebAddress.withoutEntry("https://a.org/b.zip!/c!/d"))
        .isEqualTo("https://a.org/b.zip");
    assertThat(WebAddress.withoutEntry("gutenberg:1")).isEqualTo("gutenberg:1");
  }

  @Test
  void booksOfOneDigitAreInTheFolderZero() throws IOException {
    assertThat(WebAddress.book(5).places(Gutenberg.mirrors(List.of())))
        .startsWith(URI.create("https://www.gutenberg.org/cache/epub/5/pg5.txt"))
        .contains(URI.create("https://www.gutenberg.org/0/5/5.txt"));
    assertThatThrownBy(() -> Gutenberg.mirrors(List.of("mirror.org")))
        .isInstanceOf(CorpusException.class);
  }
}
