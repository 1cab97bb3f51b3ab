package charnn.data.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import charnn.data.Corpus;
import charnn.data.CorpusException;
import charnn.data.DecodingSettings;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTML, EPUB and PDF as text. */
class DocumentsTest {
  @TempDir private Path folder;

  private Corpus read(String name, byte[] bytes) throws IOException {
    return read(name, bytes, new DecodingSettings(null, false));
  }

  private Corpus read(String name, byte[] bytes, DecodingSettings settings) throws IOException {
    return CorpusInputs.ofFiles(List.of(Files.write(folder.resolve(name), bytes))).read(settings);
  }

  private String html(String markup) throws IOException {
    return read("a.html", markup.getBytes(UTF_8)).text();
  }

  private void refuses(String message, String name, byte[] bytes) {
    assertThatThrownBy(() -> read(name, bytes))
        .isInstanceOf(CorpusException.class)
        .hasMessage(folder.resolve(name) + message);
  }

  // HTML

  @Test
  void htmlIsReadAsAReaderSeesIt() throws IOException {
    String markup =
        """
        <!DOCTYPE html>
        <html><head><title>Not this</title><style>p { color: red }</style></head>
        <body><script>var x = "nor this";</script>
        <h1>The  Tale</h1>
        <p>Once upon a <i>time</i> there
        was a mil&shy;ler &amp; his &eacute;l&#232;ve.</p><p>He said:<br>no.<br><br>Then yes.</p>
        <!-- nor this --><div><div>Nested</div></div>
        <ul><li>one</li><li>two</li></ul>
        <table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>
        <pre>verse
          indented</pre>
        <ruby>漢<rt>kan</rt></ruby>
        </body></html>
        """;
    assertThat(html(markup))
        .isEqualTo(
            """
            The Tale

            Once upon a time there was a miller & his élève.

            He said:
            no.

            Then yes.

            Nested

            one
            two

            a b
            c

            verse
              indented

            漢
            """);
    assertThat(read("a.html", markup.getBytes(UTF_8)).notes()).isEmpty();
  }

  @Test
  void xhtmlIsReadAsXml() throws IOException {
    assertThat(
            html(
                "<?xml version='1.0'?>\n<!-- x --><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'x'>"
                    + "<html><head><title/><script src='x'/></head><body><p>A&nbsp;tale<a id='x'/></p></body></html>"))
        .isEqualTo("A\u00A0tale\n");
  }

  @Test
  void tagsThatAreLeftOpenAreHarmless() throws IOException {
    assertThat(html("<html><p>One<p>Two <b>three")).isEqualTo("One\n\nTwo three\n");
    assertThat(html("<html>" + "<div>".repeat(100_000) + "deep")).isEqualTo("deep\n");
  }

  @ParameterizedTest
  @CsvSource({
    "windows-1252, <meta charset='windows-1252'>, été",
    "ISO-8859-1, '<meta http-equiv=\"Content-Type\" content=\"text/html; charset=iso-8859-1\">', é",
    "Shift_JIS, <meta charset=Shift_JIS>, 日本",
    "KOI8-R, <meta charset=\"koi8-r\">, я",
    "UTF-8, <meta charset='windows-1251'>, été", // which it is not
    "UTF-8, <meta charset='no-such-charset'>, été",
    "UTF-16LE, <meta charset='utf-16'>, \uFEFFété",
  })
  void theDeclaredEncodingIsHonoured(String encoding, String declaration, String text)
      throws IOException {
    String markup =
        (text.startsWith("\uFEFF") ? "\uFEFF" : "")
            + "<html><head>"
            + declaration
            + "</head><body><p>"
            + text.replace("\uFEFF", "")
            + "</p></body></html>";
    Corpus corpus = read("a.html", markup.getBytes(Charset.forName(encoding)));
    assertThat(corpus.text()).isEqualTo(text.replace("\uFEFF", "") + "\n");
    assertThat(corpus.notes()).isEmpty();
  }

  @Test
  void otherXmlKeepsItsTagsAndSaysSo() throws IOException {
    Corpus corpus =
        read("a.xml", "<?xml version='1.0'?><book><p>A tale</p></book>".getBytes(UTF_8));
    assertThat(corpus.text()).contains("<p>A tale</p>");
    assertThat(corpus.notes()).singleElement().asString().contains("its tags are read");
  }

  @Test
  void aPictureInAFolderIsNoText() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "A tale.\n");
    Files.writeString(folder.resolve("b.svg"), "<?xml version='1.0'?>\n<svg></svg>");
    Files.writeString(folder.resolve("c.svg"), "<!-- x --><svg viewBox='0 0 1 1'></svg>");
    Corpus corpus = CorpusInputs.ofFiles(List.of(folder)).read(new DecodingSettings(null, false));
    assertThat(corpus.text()).isEqualTo("A tale.\n");
    assertThat(corpus.notes()).singleElement().asString().contains("b.svg (a picture (SVG))");
    byte[] named = "<svg>a</svg>".getBytes(UTF_8);
    assertThat(read("d.svg", named).text()).isEqualTo("<svg>a</svg>");
  }

  @Test
  void aRunOfAnOlderFileReadsHtmlAsItDidThen() throws IOException {
    byte[] markup = "<html><p>A tale</html>".getBytes(UTF_8);
    Corpus corpus = read("a.html", markup, new DecodingSettings(null, false, null, 0));
    assertThat(corpus.text()).isEqualTo("<html><p>A tale</html>");
  }

  @Test
  void htmlWithoutTextIsEmpty() {
    refuses(
        " holds nothing but white space; charnn needs some pages of text",
        "a.html",
        "<html><script>x</script></html>".getBytes(UTF_8));
  }

  // EPUB

  @Test
  void anEpubIsReadInItsOrder() throws IOException {
    byte[] epub =
        Packed.epub("<h1>One</h1><p>A tale.</p>", "<p>Another, <i>é</i>.</p>", "<p>Last.</p>");
    Corpus corpus = read("book.epub", epub);
    assertThat(corpus.text()).isEqualTo("One\n\nA tale.\n\nAnother, é.\n\nLast.\n");
    assertThat(corpus.sources())
        .containsExactly(
            new Corpus.Source(
                "book.epub", folder + "/book.epub", epub.length, Corpus.sha256(epub)));
    assertThat(read("books.zip", Packed.zip("a.epub", epub)).text()).isEqualTo(corpus.text());
    assertThat(read("book.epub.gz", Packed.gzip(epub)).text()).isEqualTo(corpus.text());
  }

  @Test
  void aProtectedEpubIsRefused() throws IOException {
    refuses(
        " is an EPUB e-book with copy protection (DRM); charnn reads those without",
        "book.epub",
        encrypted("http://www.w3.org/2001/04/xmlenc#aes128-cbc"));
    assertThat(read("b.epub", encrypted("http://www.idpf.org/2008/embedding")).text())
        .isEqualTo("A tale.\n");
  }

  private static byte[] encrypted(String algorithm) throws IOException {
    Object[] entries = Packed.epubEntries("<p>A tale.</p>");
    Object[] more = Arrays.copyOf(entries, entries.length + 2);
    more[entries.length] = "META-INF/encryption.xml";
    more[entries.length + 1] =
        "<encryption xmlns:enc='http://www.w3.org/2001/04/xmlenc#'><enc:EncryptedData>"
            + "<enc:EncryptionMethod Algorithm='%s'/></enc:EncryptedData></encryption>"
                .formatted(algorithm);
    return Packed.zip(more);
  }

  @Test
  void anEpubThatLacksAPartIsToldAsDamaged() throws IOException {
    Object[] entries = Packed.epubEntries("<p>A tale.</p>");
    refuses(
        " is damaged or not whole (OEBPS/text/c1.xhtml is missing); get it again",
        "book.epub",
        Packed.zip(Arrays.copyOf(entries, entries.length - 2)));
    refuses(
        " is an EPUB e-book without text; charnn reads plain text",
        "empty.epub",
        Packed.epub("<img src='x'/>"));
  }

  // PDF

  @Test
  void aPdfIsReadPageAfterPage() throws IOException {
    byte[] pdf = Packed.pdf("Once upon a time\nthere was a miller.", "The second page.");
    Corpus corpus = read("book.pdf", pdf);
    assertThat(corpus.text())
        .isEqualTo("Once upon a time\nthere was a miller.\n\nThe second page.\n");
    assertThat(corpus.sources().get(0).sha256()).isEqualTo(Corpus.sha256(pdf));
    assertThat(read("pdfs.zip", Packed.zip("a.pdf", pdf)).text()).isEqualTo(corpus.text());
  }

  @Test
  void anEncryptedPdfIsRefused() throws IOException {
    String message =
        " is an encrypted PDF document; remove its password first, for instance with qpdf, if you may";
    refuses(message, "a.pdf", Packed.encryptedPdf("secret", "A tale."));
    refuses(message, "b.pdf", Packed.encryptedPdf("", "A tale."));
  }

  @Test
  void aPdfOfPicturesIsRefused() throws IOException {
    refuses(
        " is a PDF document without text: its pages are pictures; recognize the text first, for instance with ocrmypdf",
        "scan.pdf",
        Packed.pdf(" "));
  }

  @Test
  void aTruncatedPdfIsToldAsOne() throws IOException {
    byte[] pdf = Packed.pdf("A tale.");
    assertThatThrownBy(() -> read("cut.pdf", Arrays.copyOf(pdf, 100)))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("cut.pdf is damaged or not whole");
  }

  @Test
  void inAFolderWhatCannotBeReadIsLeftOut() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "A tale.\n");
    Files.write(folder.resolve("b.pdf"), Packed.encryptedPdf("secret", "x"));
    Files.write(folder.resolve("c.epub"), Packed.epub(""));
    Corpus corpus = CorpusInputs.ofFiles(List.of(folder)).read(new DecodingSettings(null, false));
    assertThat(corpus.text()).isEqualTo("A tale.\n");
    assertThat(corpus.notes())
        .singleElement()
        .asString()
        .isEqualTo(
            "left out, being no text: %1$s/b.pdf (an encrypted PDF document), %1$s/c.epub (an EPUB e-book without text)"
                .formatted(folder));
  }
}
