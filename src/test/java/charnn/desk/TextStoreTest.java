package charnn.desk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import charnn.data.CorpusException;
import charnn.data.DecodingSettings;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextStoreTest {
  private static final DecodingSettings ANY = new DecodingSettings(null, false);

  @TempDir private Path folder;

  private Path file(String name, byte... bytes) throws IOException {
    Path file = folder.resolve(name);
    try (var out = Files.newOutputStream(file)) {
      out.write(bytes);
    }
    return file;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "one\ntwo\n", "one\r\ntwo\r\n", "one\rtwo", "\uFEFFé水😀\n", "no end", "\n\n"})
  void aFileInUtf8IsWrittenAsItIs(String content) throws IOException {
    Path file = file("story.txt", content.getBytes(UTF_8));
    TextStore store = TextStore.open(file, ANY);
    assertThat(store.notes()).isEmpty();
    assertThat(store.text()).doesNotContain("\r", "\uFEFF");
    store.save(store.text());
    assertThat(Files.readAllBytes(file)).isEqualTo(content.getBytes(UTF_8));
    assertThat(names()).containsExactly("story.txt");
  }

  @Test
  void newLinesEndAsTheOthers() throws IOException {
    Path file = file("story.txt", "one\r\ntwo\r\n".getBytes(UTF_8));
    TextStore store = TextStore.open(file, ANY);
    store.save(store.text() + "three\n");
    assertThat(Files.readString(file)).isEqualTo("one\r\ntwo\r\nthree\r\n");
  }

  @Test
  void aFileInAnotherEncodingStaysBeside() throws IOException {
    String text = "Der König saß müde auf grünem Thron. Ähnlich trübe, böse Träume störten.\n";
    for (Charset charset : List.of(UTF_16, ISO_8859_1)) {
      Path file = file(charset + ".txt", text.getBytes(charset));
      TextStore store = TextStore.open(file, ANY);
      assertThat(store.text()).isEqualTo(text);
      String name = charset + ".txt";
      assertThat(store.notes().toString()).doesNotContain("UTF-8 ", ".orig");
      assertThat(store.warning())
          .isEqualTo(name + " will be saved in UTF-8; as it is, it stays as " + name + ".orig");
      assertThat(store.news()).isEmpty();
      FileTime modified = Files.getLastModifiedTime(file);
      store.save(text + "x");
      assertThat(store.warning()).isNull();
      assertThat(store.save(text + "y")).isNull();
      assertThat(store.news())
          .containsExactly(name + " was saved in UTF-8; as it was, it stays as " + name + ".orig");
      assertThat(Files.readString(file)).isEqualTo(text + "y");
      Path kept = folder.resolve(charset + ".txt.orig");
      assertThat(Files.readAllBytes(kept)).isEqualTo(text.getBytes(charset));
      assertThat(Files.getLastModifiedTime(kept)).isEqualTo(modified);
    }
    assertThat(names()).hasSize(4);
  }

  @Test
  void mixedLineEndsBecomeTheMostFrequent() throws IOException {
    Path file = file("mixed.txt", "a\r\nb\r\nc\n".getBytes(UTF_8));
    TextStore store = TextStore.open(file, ANY);
    assertThat(store.warning())
        .isEqualTo(
            "mixed.txt will be saved with one kind of line end; as it is, it stays as mixed.txt.orig");
    store.save(store.text());
    assertThat(Files.readString(file)).isEqualTo("a\r\nb\r\nc\r\n");
    assertThat(names()).containsExactly("mixed.txt", "mixed.txt.orig");
  }

  @Test
  void aNewFileIsMadeWhenItIsSaved() throws IOException {
    Path file = folder.resolve("new.txt");
    TextStore store = TextStore.open(file, ANY);
    assertThat(store.hasFile()).isFalse();
    assertThat(names()).isEmpty();
    store.save("text");
    assertThat(store.hasFile()).isTrue();
    assertThat(Files.readString(file)).isEqualTo("text");
  }

  @Test
  void aTextWithoutANameGetsAFreeOne() throws IOException {
    TextStore.unnamed(folder).save("one");
    TextStore.unnamed(folder).save("two");
    assertThat(names()).containsExactly("untitled-2.txt", "untitled.txt");
    assertThat(Files.readString(folder.resolve("untitled-2.txt"))).isEqualTo("two");
  }

  @Test
  void whatAnotherProgramWroteIsNotOverwritten() throws IOException {
    Path file = file("story.txt", "old".getBytes(UTF_8));
    TextStore store = TextStore.open(file, ANY);
    store.save("mine");
    file("story.txt", "of another".getBytes(UTF_8));
    store.save("mine again");
    assertThat(Files.readString(file)).isEqualTo("of another");
    assertThat(store.file().getFileName()).hasToString("story-2.txt");
    assertThat(Files.readString(store.file())).isEqualTo("mine again");
    store.save("and again");
    assertThat(Files.readString(store.file())).isEqualTo("and again");
    assertThat(names()).hasSize(2);
  }

  /** Of the same size and time, too. */
  @Test
  void theContentTellsThatAFileWasChanged() throws IOException {
    Path file = file("story.txt", "old".getBytes(UTF_8));
    TextStore store = TextStore.open(file, ANY);
    FileTime time = Files.getLastModifiedTime(file);
    file("story.txt", "new".getBytes(UTF_8));
    Files.setLastModifiedTime(file, time);
    assertThat(store.isTouched()).isFalse();
    assertThat(store.isIntact()).isFalse();
    store.save("mine");
    assertThat(file).hasContent("new");
    assertThat(names()).containsExactly("story-2.txt", "story.txt");
  }

  @Test
  void aFileThatGotAnotherTimeAloneIsTheSame() throws IOException {
    Path file = file("story.txt", "old".getBytes(UTF_8));
    TextStore store = TextStore.open(file, ANY);
    Files.setLastModifiedTime(file, FileTime.fromMillis(0));
    assertThat(store.isTouched()).isTrue();
    assertThat(store.isIntact()).isTrue();
    assertThat(store.isTouched()).isFalse();
    assertThat(store.save("mine")).isNull();
    assertThat(names()).containsExactly("story.txt");
  }

  @Test
  void itIsSaidWhereTheTextIsBesideAnother() throws IOException {
    Path file = file("w.txt", "old".getBytes(UTF_8));
    file("w-2.txt", "older".getBytes(UTF_8));
    TextStore store = TextStore.open(file, ANY);
    assertThat(store.save("mine")).isNull();
    file("w.txt", "of another".getBytes(UTF_8));
    String said = "w.txt was changed by another program; your text is in w-3.txt";
    assertThat(store.save("mine again")).isEqualTo(said);
    assertThat(store.save("mine, too")).isNull();
    assertThat(store.news()).containsExactly(said);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links are others there")
  void aLinkInPlaceOfTheFileIsNotFollowed() throws IOException {
    Path file = file("story.txt", "old".getBytes(UTF_8));
    TextStore store = TextStore.open(file, ANY);
    Files.delete(file);
    Files.createSymbolicLink(file, file("other.txt", "old".getBytes(UTF_8)));
    assertThat(store.isIntact()).isFalse();
    store.save("mine");
    assertThat(file).isSymbolicLink();
    assertThat(folder.resolve("other.txt")).hasContent("old");
    assertThat(folder.resolve("story-2.txt")).hasContent("mine");
  }

  @Test
  void aNewFileThatAnotherProgramMadeIsNotOverwritten() throws IOException {
    TextStore store = TextStore.open(folder.resolve("story.txt"), ANY);
    Path file = file("story.txt", "of another".getBytes(UTF_8));
    store.save("mine");
    assertThat(Files.readString(file)).isEqualTo("of another");
    assertThat(Files.readString(store.file())).isEqualTo("mine");
  }

  @Test
  void aDeletedFileIsMadeAgain() throws IOException {
    Path file = file("story.txt", "old".getBytes(UTF_8));
    TextStore store = TextStore.open(file, ANY);
    assertThat(store.isIntact()).isTrue();
    Files.delete(file);
    assertThat(store.isTouched()).isTrue();
    assertThat(store.isIntact()).isFalse();
    String said = "story.txt was deleted by another program; it was written again";
    assertThat(store.save("new")).isEqualTo(said);
    assertThat(store.news()).containsExactly(said);
    assertThat(Files.readString(file)).isEqualTo("new");
  }

  @Test
  void whatIsNoTextIsRefused() throws IOException {
    Path binary = file("binary", new byte[1000]);
    assertThatThrownBy(() -> TextStore.open(binary, ANY)).isInstanceOf(CorpusException.class);
    assertThatThrownBy(() -> TextStore.open(folder, ANY))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("is a folder");
    assertThatThrownBy(() -> TextStore.open(folder.resolve("none/story.txt"), ANY))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("there is no folder");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links and permissions are others there")
  void aLinkAndPermissionsStay() throws IOException {
    Path file = file("story.txt", "old".getBytes(UTF_8));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    TextStore store = TextStore.open(link, ANY);
    store.save("new");
    assertThat(link).isSymbolicLink();
    assertThat(Files.readString(file)).isEqualTo("new");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Path nowhere = Files.createSymbolicLink(folder.resolve("nowhere"), folder.resolve("gone"));
    assertThatThrownBy(() -> TextStore.open(nowhere, ANY)).isInstanceOf(CorpusException.class);
  }

  @Test
  void aVersionOfAnotherProgramIsNotKeptTwice() throws IOException {
    Path file = file("story.txt", "a\r\nb\r\nc\n".getBytes(UTF_8));
    TextStore store = TextStore.open(file, ANY);
    file("story.txt", "of another".getBytes(UTF_8));
    store.save("mine");
    store.save("mine again");
    assertThat(names()).containsExactly("story-2.txt", "story.txt");
  }

  @Test
  void aFileThatWasDeletedIsNotKept() throws IOException {
    Path file = file("story.txt", "a\r\nb\r\nc\n".getBytes(UTF_8));
    TextStore store = TextStore.open(file, ANY);
    Files.delete(file);
    store.save("mine");
    store.save("mine again");
    assertThat(names()).containsExactly("story.txt");
  }

  @Test
  void aFileOfTheUserWithTheNameBesideStays() throws IOException {
    Path own = file("story.txt.tmp", "my own".getBytes(UTF_8));
    TextStore.open(file("story.txt", "old".getBytes(UTF_8)), ANY).save("new");
    assertThat(own).hasContent("my own");
    assertThat(names()).containsExactly("story.txt", "story.txt.tmp");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions are others there")
  void aPrivateTextStaysPrivateUnderAnyName() throws IOException {
    Path file = file("story.txt", "old".getBytes(UTF_8));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    TextStore store = TextStore.open(file, ANY);
    Files.delete(file);
    store.save("made again");
    assertThat(permissions(file)).isEqualTo("rw-------");
    file("story.txt", "of another".getBytes(UTF_8));
    store.save("mine");
    assertThat(store.file().getFileName()).hasToString("story-2.txt");
    assertThat(permissions(store.file())).isEqualTo("rw-------");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions are others there")
  void aRescuedTextIsForItsReaders() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    TextStore fresh = TextStore.open(folder.resolve("new.txt"), ANY);
    assertThat(permissions(fresh.rescue("text", other))).isEqualTo("rw-------");
    for (String permissions : List.of("rw-r-----", "rw-rw-rw-")) {
      Path file = file("story.txt", "old".getBytes(UTF_8));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
      Path rescued = TextStore.open(file, ANY).rescue("text", other);
      assertThat(permissions(rescued)).isEqualTo(permissions);
    }
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void theTextIsRescuedWhereItCanBeSaved() throws IOException {
    TextStore store = TextStore.open(folder.resolve("story-rescued.txt"), ANY);
    Path rescued = store.rescue("text");
    try {
      assertThat(Files.readString(rescued)).isEqualTo("text");
    } finally {
      Files.delete(rescued);
    }
  }
}
