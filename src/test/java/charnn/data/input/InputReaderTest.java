package charnn.data.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import charnn.data.Corpus;
import charnn.data.CorpusException;
import charnn.data.DecodingSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputReaderTest {
  private static final DecodingSettings SETTINGS = new DecodingSettings(null, false);
  private static final byte[] PNG = "\u0089PNG\r\n\u001a\n\0\0".getBytes(ISO_8859_1);

  @TempDir private Path folder;

  private Corpus read(Object... names) throws CorpusException {
    return read(Include.ALL, Limits.USUAL, names);
  }

  private Corpus read(Include include, Limits limits, Object... names) throws CorpusException {
    InputStream in = new ByteArrayInputStream("typed\n".getBytes(UTF_8));
    List<CorpusInput> inputs =
        Arrays.stream(names).map(name -> CorpusInput.of(name.toString())).toList();
    return new InputReader(include, in, SETTINGS, limits).read(inputs);
  }

  private Path write(String name, Object content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    byte[] bytes = content instanceof String text ? text.getBytes(UTF_8) : (byte[]) content;
    return Files.write(file, bytes);
  }

  private static List<String> notes(Corpus corpus) {
    return corpus.notes().stream().map(Object::toString).toList();
  }

  private static List<String> names(Corpus corpus) {
    return corpus.sources().stream().map(Corpus.Source::name).toList();
  }

  private void refuses(String message, Object... names) {
    assertThatThrownBy(() -> read(names))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining(message);
  }

  // Folders

  @Test
  void readsAFolderByNameWithItsFolders() throws IOException {
    write("a/z.txt", "last\n");
    write("a/b.txt", "first\n");
    write("a/c/x.txt", "middle\n");
    write("a/.git/config", "hidden\n");
    write("a/.hidden", "hidden\n");
    write("a/CVS/Root", "hidden\n");
    Corpus corpus = read(folder.resolve("a"));
    assertThat(corpus.text()).isEqualTo("first\n\nmiddle\n\nlast\n");
    assertThat(corpus.sources())
        .extracting(Corpus.Source::path)
        .containsExactly(folder + "/a/b.txt", folder + "/a/c/x.txt", folder + "/a/z.txt");
  }

  @Test
  void whatIsNoTextInAFolderIsLeftOutAndNamed() throws IOException {
    write("a/a.txt", "text\n");
    write("a/b.png", PNG);
    write("a/c.bin", new byte[100]);
    write("a/d.txt", "");
    write("a/e.txt", " \n");
    Corpus corpus = read(folder.resolve("a"));
    assertThat(corpus.text()).isEqualTo("text\n");
    assertThat(notes(corpus))
        .containsExactly(
            "left out, being no text: %1$s/a/b.png (a picture (PNG)), %1$s/a/c.bin (binary data)"
                .formatted(folder),
            "left out, being empty: %1$s/a/d.txt, %1$s/a/e.txt".formatted(folder));
  }

  @Test
  void aFileThatIsNamedMustBeText() throws IOException {
    refuses("b.png is a picture (PNG); charnn reads plain text", write("b.png", PNG));
  }

  @Test
  void loopsOfLinksAreHarmless() throws IOException {
    write("a/a.txt", "text\n");
    write("a/b/c.txt", "more\n");
    Files.createSymbolicLink(folder.resolve("a/b/up"), folder.resolve("a"));
    Files.createSymbolicLink(folder.resolve("a/self"), folder.resolve("a/self"));
    Files.createSymbolicLink(folder.resolve("a/again"), folder.resolve("a/b"));
    assertThat(names(read(folder.resolve("a")))).containsExactly("a.txt", "c.txt");
  }

  @Test
  void anEmptyFolderIsRefused() throws IOException {
    Files.createDirectory(folder.resolve("empty"));
    refuses("there is no text in " + folder + "/empty; name one", folder.resolve("empty"));
    write("pictures/b.png", PNG);
    refuses(
        "there is no text in %1$s/pictures, but %1$s/pictures/b.png (a picture (PNG)); name one"
            .formatted(folder),
        folder.resolve("pictures"));
  }

  @Test
  void includesFilesByNameOrByPath() throws IOException {
    write("a/one.txt", "one\n");
    write("a/two.md", "two\n");
    write("a/b/three.txt", "three\n");
    write("a/c.zip", Packed.zip("four.txt", "four\n", "five.md", "five\n"));
    Path a = folder.resolve("a");
    assertThat(names(read(Include.of(List.of("*.txt")), Limits.USUAL, a)))
        .containsExactly("three.txt", "one.txt");
    assertThat(names(read(Include.of(List.of("b/*")), Limits.USUAL, a)))
        .containsExactly("three.txt");
    assertThat(names(read(Include.of(List.of("*.txt", "*.zip")), Limits.USUAL, a)))
        .containsExactly("three.txt", "four.txt", "one.txt");
    assertThatThrownBy(() -> read(Include.of(List.of("*.html")), Limits.USUAL, a))
        .hasMessage(
            "no text in "
                + a
                + " has a name that names to include asks for; give another, or omit it");
  }

  // Compressed files

  @ParameterizedTest
  @ValueSource(strings = {"gz", "bz2", "xz", "zst"})
  void aCompressedFileIsTheFile(String ending) throws IOException {
    Path file =
        write("emma.txt." + ending, Packed.compressed(ending, "Emma Woodhouse\n".getBytes(UTF_8)));
    Corpus corpus = read(file);
    assertThat(corpus.text()).isEqualTo("Emma Woodhouse\n");
    assertThat(corpus.sources().get(0))
        .isEqualTo(
            new Corpus.Source(
                "emma.txt." + ending,
                file.toString(),
                15,
                Corpus.sha256("Emma Woodhouse\n".getBytes(UTF_8))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "bz2", "xz", "zst"})
  void twoCompressedFilesInARowAreOne(String ending) throws IOException {
    byte[] first = Packed.compressed(ending, "first, ".getBytes(UTF_8));
    byte[] second = Packed.compressed(ending, "second\n".getBytes(UTF_8));
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    assertThat(read(write("two." + ending, both)).text()).isEqualTo("first, second\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "bz2", "xz", "zst"})
  void aTruncatedOrDamagedFileIsToldAsOne(String ending) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder text = new StringBuilder();
    random.ints(20_000, 'a', 'z' + 1).forEach(c -> text.append((char) c));
    byte[] packed = Packed.compressed(ending, text.toString().getBytes(UTF_8));
    Path cut = write("cut." + ending, Arrays.copyOf(packed, packed.length / 2));
    refuses(cut + " is damaged or not whole", cut);
    byte[] changed = packed.clone();
    changed[packed.length / 2] ^= 0x55;
    Path damaged = write("damaged." + ending, changed);
    assertThatThrownBy(() -> read(damaged))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining(damaged.toString())
        .hasMessageContaining("is damaged or not whole");
  }

  // Archives

  static Stream<String> archives() {
    return Stream.of("zip", "tar", "tar.gz", "tar.bz2", "tar.xz", "tar.zst");
  }

  private static byte[] archive(String kind, Object... namesAndContents) throws IOException {
    if (kind.equals("zip")) {
      return Packed.zip(namesAndContents);
    }
    byte[] tar = Packed.tar(namesAndContents);
    return kind.equals("tar") ? tar : Packed.compressed(kind.substring(4), tar);
  }

  @ParameterizedTest
  @MethodSource("archives")
  void readsAnArchiveInItsOrder(String kind) throws IOException {
    Path file =
        write(
            "books." + kind,
            archive(
                kind,
                "b/zoé.txt",
                "Zoé\n",
                "a.txt",
                "A tale\n",
                "cover.png",
                PNG,
                ".DS_Store",
                "hidden",
                "__MACOSX/a.txt",
                "hidden",
                "a.txt.gz",
                Packed.gzip("packed\n".getBytes(UTF_8))));
    Corpus corpus = read(file);
    assertThat(corpus.text()).isEqualTo("Zoé\n\nA tale\n\npacked\n");
    assertThat(names(corpus)).containsExactly("zoé.txt", "a.txt", "a.txt.gz");
    assertThat(corpus.sources())
        .extracting(Corpus.Source::path)
        .containsExactly(file + "!/b/zoé.txt", file + "!/a.txt", file + "!/a.txt.gz");
    assertThat(notes(corpus))
        .containsExactly("left out, being no text: " + file + "!/cover.png (a picture (PNG))");
    assertThat(corpus.placed().place(0).file()).isEqualTo(file + "!/b/zoé.txt");

    // What is recorded is read again.
    Object[] paths = corpus.sources().stream().map(Corpus.Source::path).toArray();
    assertThat(read(paths).textSha256()).isEqualTo(corpus.textSha256());
    assertThat(read(paths[1]).text()).isEqualTo("A tale\n");
    assertThat(read(paths[2], paths[0]).text()).isEqualTo("packed\n\nZoé\n");
    refuses("cannot find c.txt in " + file + "; check", paths[1], file + "!/c.txt");
    refuses("cover.png is a picture (PNG); charnn reads", file + "!/cover.png");
  }

  @ParameterizedTest
  @MethodSource("archives")
  void aTruncatedArchiveIsToldAsOne(String kind) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder text = new StringBuilder();
    random.ints(20_000, 'a', 'z' + 1).forEach(c -> text.append((char) c));
    byte[] whole = archive(kind, "a.txt", text.toString(), "b.txt", text.reverse().toString());
    Path file = write("cut." + kind, Arrays.copyOf(whole, whole.length / 3));
    refuses(" is damaged or not whole", file);
  }

  @Test
  void aChangedByteInAZipIsFound() throws IOException {
    byte[] zip = Packed.zip("mimetype", "a stored text of some length\n");
    zip[50] ^= 1; // within the stored text
    refuses("mimetype is damaged or not whole (the checksum is wrong)", write("a.zip", zip));
  }

  @Test
  void archivesWithinArchivesAreReadToADepth() throws IOException {
    byte[] inner = Packed.zip("deep.txt", "deep\n", "other.txt", "other\n");
    byte[] middle = Packed.gzip(Packed.tar("inner.zip", inner, "flat.txt", "flat\n"));
    Path file = write("outer.zip", Packed.zip("middle.tar.gz", middle));
    Corpus corpus = read(file);
    assertThat(corpus.text()).isEqualTo("deep\n\nother\n\nflat\n");
    Object[] paths = corpus.sources().stream().map(Corpus.Source::path).toArray();
    assertThat(paths)
        .startsWith(file + "!/middle.tar.gz!/inner.zip!/deep.txt")
        .endsWith(file + "!/middle.tar.gz!/flat.txt");
    assertThat(read(paths).text()).isEqualTo(corpus.text());
    assertThat(read(paths[1], paths[0]).text()).isEqualTo("other\n\ndeep\n");
    assertThat(read(file + "!/middle.tar.gz!/inner.zip").text()).isEqualTo("deep\n\nother\n");

    byte[] often = "text\n".getBytes(UTF_8);
    for (int i = 0; i < Limits.DEPTH; i++) {
      often = Packed.gzip(often);
    }
    assertThat(read(write("often.gz", often)).text()).isEqualTo("text\n");
    refuses("packed more than 5 times; unpack it first", write("oftener.gz", Packed.gzip(often)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"zip", "tar"})
  void pathTricksAreHarmless(String kind) throws IOException {
    Path file =
        write(
            "in/evil." + kind,
            archive(
                kind,
                "../../evil.txt",
                "up\n",
                "/etc/evil.txt",
                "root\n",
                "a/../b.txt",
                "round\n",
                "C:\\evil.txt",
                "drive\n",
                "b!/c.txt",
                "sign\n"));
    Corpus corpus = read(file);
    assertThat(corpus.text()).isEqualTo("up\n\nroot\n\nround\n\ndrive\n\nsign\n");
    Object[] paths = corpus.sources().stream().map(Corpus.Source::path).toArray();
    assertThat(read(paths).text()).isEqualTo(corpus.text());
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile)).containsExactly(file);
    }
  }

  @Test
  void linksInATarAreNoFiles() throws IOException {
    Path file = write("a.tar", Packed.tar("passwd", null, "a.txt", "text\n"));
    assertThat(read(file).text()).isEqualTo("text\n");
  }

  @Test
  void entriesOfOneNameAreAllRead() throws IOException {
    Path file = write("a.tar", Packed.tar("a.txt", "old\n", "b.txt", "b\n", "a.txt", "new\n"));
    Corpus corpus = read(file);
    assertThat(corpus.text()).isEqualTo("old\n\nb\n\nnew\n");
    Object[] paths = corpus.sources().stream().map(Corpus.Source::path).toArray();
    assertThat(read(paths).text()).isEqualTo(corpus.text());
  }

  @Test
  void anEntryMayHaveANameThatNoFileCan() throws IOException {
    Path file = write("a.zip", Packed.zip("a\0b.txt", "text\n", "\uFFFD\n.txt", "more\n"));
    Corpus corpus = read(file);
    Object[] paths = corpus.sources().stream().map(Corpus.Source::path).toArray();
    assertThat(read(paths).text()).isEqualTo("text\n\nmore\n");
  }

  @Test
  void includesEntries() throws IOException {
    Path file = write("a.zip", Packed.zip("x/a.txt", "a\n", "x/b.md", "b\n", "y/c.txt", "c\n"));
    assertThat(names(read(Include.of(List.of("*.txt")), Limits.USUAL, file)))
        .containsExactly("a.txt", "c.txt");
    assertThat(names(read(Include.of(List.of("x/**")), Limits.USUAL, file)))
        .containsExactly("a.txt", "b.md");
  }

  @Test
  void documentsOfOtherProgramsAreNamed() throws IOException {
    refuses(
        "a.docx is a Word document; save it as plain text first",
        write("a.docx", Packed.zip("[Content_Types].xml", "<x/>", "word/document.xml", "<x/>")));
    refuses(
        "a.odt is an OpenDocument file",
        write(
            "a.odt",
            Packed.zip("mimetype", "application/vnd.oasis.opendocument.text", "x.xml", "<x/>")));
    refuses("m.zip is a model of charnn, no text", write("m.zip", Packed.zip("charnn.json", "{}")));
    write("a/a.txt", "text\n");
    write("a/m.zip", Packed.zip("charnn.json", "{}"));
    assertThat(notes(read(folder.resolve("a"))).toString())
        .contains("m.zip (a model of charnn, no text)");
  }

  @Test
  void aFileHasNoEntries() throws IOException {
    Path file = write("a.txt", "text\n");
    refuses(file + " is no archive, and has no entry b.txt", file + "!/b.txt");
    refuses("cannot find " + folder + "/none.zip!/b.txt", folder + "/none.zip!/b.txt");
    Path odd = write("odd!/b.txt", "a file of such a name\n");
    assertThat(read(odd).text()).isEqualTo("a file of such a name\n");
  }

  // Bounds

  @ParameterizedTest
  @ValueSource(strings = {"gz", "bz2", "xz", "zst"})
  void aBombIsBounded(String ending) throws IOException {
    byte[] bomb = Packed.compressed(ending, "a".repeat(5_000_000).getBytes(UTF_8));
    Limits limits = new Limits(100, 1_000_000, 250, 1 << 25, Long.MAX_VALUE);
    for (byte[] content :
        List.of(
            bomb,
            Packed.zip("bomb." + ending, bomb, "a.txt", "text\n"),
            Packed.tar("bomb." + ending, bomb))) {
      Path file = write("bomb", content);
      assertThatThrownBy(() -> read(Include.ALL, limits, file))
          .isInstanceOf(CorpusException.class)
          .hasMessage(
              file
                  + " unpacks to more than 250 times its size, as no text does; if it is meant, unpack it and name the files");
    }
  }

  @Test
  void theLeftOutEntriesOfABombAreBoundedToo() throws IOException {
    byte[] tar = Packed.tar("zeros.bin", new byte[5_000_000], "a.txt", "text\n");
    Limits limits = new Limits(100, 1_000_000, 250, 1 << 25, Long.MAX_VALUE);
    Path file = write("bomb.tar.gz", Packed.gzip(tar));
    assertThatThrownBy(() -> read(Include.ALL, limits, file))
        .hasMessageContaining("more than 250 times its size");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zip", "tar", "tar.gz"})
  void manyEntriesAreBounded(String kind) throws IOException {
    Object[] entries = new Object[2 * 101];
    for (int i = 0; i < 101; i++) {
      entries[2 * i] = i + ".txt";
      entries[2 * i + 1] = "text " + i;
    }
    Path file = write("many." + kind, archive(kind, entries));
    assertThat(names(read(file))).hasSize(101);
    Limits limits = new Limits(100, 1_000_000, 250, 1 << 25, Long.MAX_VALUE);
    assertThatThrownBy(() -> read(Include.ALL, limits, file))
        .isInstanceOf(CorpusException.class)
        .hasMessage(file + " has more than 100 entries; unpack it, and name the folder");
  }

  @Test
  void moreTextThanMemoryIsToldBeforeItIsFull() throws IOException {
    Path file = write("a.zip", Packed.zip("a.txt", "a".repeat(600), "b.txt", "b".repeat(600)));
    Limits limits = new Limits(100, 1_000_000, 250, 1 << 25, 1000);
    assertThatThrownBy(() -> read(Include.ALL, limits, file)).isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void aZipOfItselfEnds() throws IOException {
    byte[] zip = "text\n".getBytes(UTF_8);
    for (int i = 0; i < 20; i++) {
      zip = Packed.zip("again.zip", zip);
    }
    refuses("(packed more than 5 times); name one", write("again.zip", zip));
  }

  // Standard input

  @Test
  void standardInputIsReadOnce() throws IOException {
    Corpus corpus = read("-", write("a.txt", "text\n"));
    assertThat(corpus.text()).isEqualTo("typed\n\ntext\n");
    assertThat(corpus.sources().get(0).name()).isEqualTo("standard input");
    assertThat(CorpusInput.of(corpus.sources().get(0).path()).isStream()).isTrue();
    refuses("standard input can be read once", "-", "-");
  }

  @Test
  void anArchiveFromStandardInputCannotBeReadAgain() throws IOException {
    InputStream in = new ByteArrayInputStream(Packed.zip("a.txt", "text\n"));
    Corpus corpus =
        new InputReader(Include.ALL, in, SETTINGS, Limits.USUAL).read(List.of(CorpusInput.of("-")));
    assertThat(corpus.text()).isEqualTo("text\n");
    assertThat(CorpusInput.of(corpus.sources().get(0).path()).isStream()).isTrue();
  }

  // Any bytes

  @ParameterizedTest
  @ValueSource(strings = {"zip", "tar", "tar.gz", "tar.bz2", "tar.xz", "tar.zst", "epub", "pdf"})
  void changedBytesGiveTextOrAreRefused(String kind) throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    byte[] good =
        switch (kind) {
          case "epub" -> Packed.epub("<h1>One</h1><p>A tale.</p>", "<p>Another.</p>");
          case "pdf" -> Packed.pdf("A tale of some length\nin lines");
          default -> archive(kind, "a.txt", "A tale.\n", "b/c.txt", "Another tale.\n");
        };
    for (int trial = 0; trial < 200; trial++) {
      byte[] bytes =
          Arrays.copyOf(good, trial % 3 == 0 ? random.nextInt(good.length) : good.length);
      for (int i = random.nextInt(1, 6); i > 0 && bytes.length > 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      Path file = write("any", bytes);
      try {
        assertThat(read(file).text()).isNotBlank();
      } catch (CorpusException e) {
        assertThat(e.getMessage()).contains("any").doesNotContain("Exception", "java.");
      }
    }
  }
}
