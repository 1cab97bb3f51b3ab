package charnn.data.input;

import charnn.data.Corpus;
import charnn.data.CorpusException;
import charnn.data.CorpusSink;
import charnn.data.DecodingSettings;
import charnn.data.FileEncoding;
import charnn.data.FileKind;
import charnn.data.InMemoryText;
import charnn.data.LargeText;
import charnn.data.NoTextException;
import charnn.data.TextFile;
import charnn.data.TextSample;
import charnn.util.Sentence;
import charnn.util.Setting;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the texts of inputs, one after another. Nothing is ever written: the names of an archive's
 * entries name texts, and no files.
 */
final class InputReader {
  private static final int BUFFER = 1 << 16;

  /** What no array holds. */
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  private final Include include;
  private final InputStream standardInput;
  private final DecodingSettings settings;
  private final Limits limits;
  private final Corpus.Builder corpus;
  private final InputProgress progress;
  private final List<String> noTexts = new ArrayList<>(); // names and what they are
  private final List<String> empty = new ArrayList<>(); // names
  private final Set<FileEncoding> unused = new LinkedHashSet<>(); // encodings of certain files
  private int texts;
  private int notIncluded; // of the current input
  private long characters;
  private boolean standardInputIsRead;

  /**
   * @param standardInput is read to its end where an input names it
   */
  InputReader(
      Include include, InputStream standardInput, DecodingSettings settings, Limits limits) {
    this(
        include,
        standardInput,
        settings,
        limits,
        new InMemoryText.Writer(),
        new InputProgress(0, CorpusReading.UNSEEN));
  }

  /**
   * @param standardInput is read to its end where an input names it
   * @param sink takes the texts
   * @param progress is told how much is read
   */
  InputReader(
      Include include,
      InputStream standardInput,
      DecodingSettings settings,
      Limits limits,
      CorpusSink sink,
      InputProgress progress) {
    this.include = include;
    this.standardInput = standardInput;
    this.settings = settings;
    this.limits = limits;
    this.corpus = new Corpus.Builder(settings, sink);
    if (settings.encodings() != null) {
      unused.addAll(settings.encodings());
    }
    this.progress = progress;
  }

  Corpus read(List<CorpusInput> inputs) throws CorpusException {
    for (int i = 0; i < inputs.size(); ) {
      CorpusInput input = inputs.get(i);
      List<String> entries = new ArrayList<>();
      if (input.entry() == null) {
        i++;
      }
      // Entries of one archive are read in one go.
      for (; i < inputs.size() && isBeside(input, inputs.get(i)); i++) {
        entries.add(inputs.get(i).entry());
      }
      read(input, entries);
    }
    if (!noTexts.isEmpty()) {
      corpus.note(Sentence.of("left out, being no text: %s", Corpus.some(noTexts)));
    }
    if (!empty.isEmpty()) {
      corpus.note(Sentence.of("left out, being empty: %s", Corpus.some(empty)));
    }
    for (FileEncoding encoding : unused) {
      corpus.note(
          Sentence.of(
              "%s %s names none of the texts that were read here", Setting.ENCODING, encoding));
    }
    return corpus.build();
  }

  private static boolean isBeside(CorpusInput input, CorpusInput other) {
    return input.entry() != null && other.entry() != null && input.file().equals(other.file());
  }

  private void read(CorpusInput input, List<String> entries) throws CorpusException {
    int textsBefore = texts;
    int noTextsBefore = noTexts.size();
    int emptyBefore = empty.size();
    notIncluded = 0;
    try {
      if (input.isStandardInput()) {
        standardInput();
      } else if (Files.isDirectory(input.file())) {
        Folder.walk(input.file(), this::fileOfFolder);
      } else {
        Selection selection = entries.isEmpty() ? Selection.all() : Selection.of(entries);
        archiveOrFile(placeOf(input), input.file(), selection);
      }
    } catch (CorpusException e) {
      throw e;
    } catch (IOException e) {
      throw TextFile.unreadable(input.file() == null ? Path.of("-") : input.file(), e);
    }
    if (texts == textsBefore) {
      List<String> others = new ArrayList<>(noTexts.subList(noTextsBefore, noTexts.size()));
      empty.subList(emptyBefore, empty.size()).forEach(name -> others.add(name + " (empty)"));
      throw nothing(input.name(), others);
    }
  }

  private CorpusException nothing(String name, List<String> others) {
    if (notIncluded > 0) {
      return new CorpusException(
          Sentence.of(
              "no text in %s has a name that %s asks for; give another, or omit it",
              name, Setting.INCLUDE));
    }
    return new CorpusException(
        Sentence.of(
            "there is no text in %s%s; name one with texts",
            name, others.isEmpty() ? "" : ", but " + Corpus.some(others)));
  }

  private void standardInput() throws IOException {
    if (standardInputIsRead) {
      throw new CorpusException("standard input can be read once; name it once");
    }
    standardInputIsRead = true;
    String name = TextFile.STANDARD_INPUT;
    stream(new Place(name, CorpusInput.STANDARD_INPUT_PATH, name, true), standardInput);
  }

  /** Reads a stream to its end. */
  private void stream(Place place, InputStream in) throws IOException {
    long before = progress.read();
    Budget budget = new Budget(place.shown(), limits, () -> progress.read() - before);
    InputStream counted = new BufferedInputStream(progress.counted(in), BUFFER);
    content(place, counted, null, budget, 0, Selection.all());
    in.transferTo(OutputStream.nullOutputStream()); // Who writes must not fail.
  }

  /** Reads a file, or entries of an archive, from its beginning again where they stand before. */
  private void archiveOrFile(Place place, Path file, Selection selection) throws IOException {
    int left;
    do {
      left = selection.left();
      file(place, file, selection);
    } while (selection.left() > 0 && selection.left() < left);
    if (selection.left() > 0) {
      throw new CorpusException(
          "cannot find "
              + selection.first()
              + " in "
              + place.shown()
              + "; check the name of the entry");
    }
  }

  private static Place placeOf(CorpusInput input) {
    if (!input.isWeb()) {
      return placeOf(input.file(), true);
    }
    String name = input.address().name();
    return new Place(name, name, input.address().fileName(), true);
  }

  private static Place placeOf(Path file, boolean isNamed) {
    return new Place(
        file.toString(),
        file.toAbsolutePath().normalize().toString(),
        String.valueOf(file.getFileName()),
        isNamed);
  }

  private void fileOfFolder(Path file, String within) throws CorpusException {
    if (include.accepts(within)) {
      fileOfFolder(placeOf(file, false), file);
    } else {
      notIncluded++;
    }
  }

  private void fileOfFolder(Place place, Path file) throws CorpusException {
    try {
      file(place, file, Selection.all());
    } catch (NoTextException e) {
      noText(place, e);
    } catch (CorpusException e) {
      throw e;
    } catch (IOException e) {
      throw TextFile.unreadable(file, e);
    }
  }

  private void file(Place place, Path file, Selection selection) throws IOException {
    if (!Files.isRegularFile(file)) {
      if (!Files.exists(file) || Files.isDirectory(file)) {
        TextFile.bytesOf(file); // which says what it is
      }
      try (InputStream in = Files.newInputStream(file)) { // a pipe
        stream(place, in);
      }
      return;
    }
    long size = Files.size(file);
    long before = progress.read();
    Budget budget = new Budget(place.shown(), limits, () -> size);
    try (InputStream in = Files.newInputStream(file)) {
      InputStream counted = new BufferedInputStream(progress.counted(in), BUFFER);
      content(place, counted, file, budget, 0, selection);
    }
    progress.set(before + size);
  }

  /**
   * Reads what is in a file or in an entry of an archive.
   *
   * @param in the bytes, with marks
   * @param file that has the same bytes; null if there is none
   * @param depth archives and compressed files around it
   */
  private void content(
      Place place, InputStream in, Path file, Budget budget, int depth, Selection selection)
      throws IOException {
    in.mark(FileKind.LOOK_AT);
    byte[] start = in.readNBytes(FileKind.LOOK_AT);
    in.reset();
    Optional<FileKind> found = FileKind.of(start);
    FileKind kind = found.orElse(null);
    boolean isPacked = kind != null && isPacked(kind);
    if (isPacked && depth == Limits.DEPTH) {
      String what = "packed more than " + Limits.DEPTH + " times";
      noText(place, new NoTextException(place.shown() + " is " + what + "; unpack it first", what));
    } else if (isPacked) {
      packed(kind, place, in, file, budget, depth + 1, selection);
    } else if (!selection.isAll()) {
      throw new CorpusException(
          place.shown() + " is no archive, and has no entry " + selection.first());
    } else if (kind == FileKind.PDF) {
      document(place, allOf(place, in, file), bytes -> PdfText.of(place.shown(), bytes));
    } else if (kind != null && !place.isNamed()) {
      noTexts.add(place.shown() + " (" + kind.what() + ")"); // however large
    } else {
      text(place, in, file);
    }
  }

  private static boolean isPacked(FileKind kind) {
    return switch (kind) {
      case GZIP, BZIP2, XZ, ZSTD, TAR, ZIP -> true;
      default -> false;
    };
  }

  private void packed(
      FileKind kind,
      Place place,
      InputStream in,
      Path file,
      Budget budget,
      int depth,
      Selection selection)
      throws IOException {
    if (kind == FileKind.TAR) {
      Tar.read(
          place,
          in,
          budget,
          (name, opening) -> entry(place, name, opening, budget, depth, selection));
    } else if (kind == FileKind.ZIP) {
      if (file != null) {
        try (Zip zip = Zip.open(place.shown(), file, budget)) {
          zip(place, zip, () -> TextFile.bytesOf(file), budget, depth, selection);
        }
      } else {
        byte[] bytes = allOf(place, in, null);
        try (Zip zip = Zip.open(place.shown(), bytes, budget)) {
          zip(place, zip, () -> bytes, budget, depth, selection);
        }
      }
    } else {
      try (InputStream unpacked =
          new BufferedInputStream(Decompressor.open(kind, place.shown(), in, budget), BUFFER)) {
        content(place, unpacked, null, budget, depth, selection);
      }
    }
  }

  private void zip(
      Place place, Zip zip, Opening<byte[]> bytes, Budget budget, int depth, Selection selection)
      throws IOException {
    if (zip.isEpub() && selection.isAll()) {
      document(place, bytes.open(), all -> EpubText.of(place.shown(), zip, settings));
      return;
    }
    Optional<String> other = zip.describeDocument();
    if (other.isPresent()) {
      String what = other.get().replace("%s", place.shown());
      noText(
          place,
          new NoTextException(
              place.shown() + " is " + what + "; charnn reads plain text",
              what.replaceFirst(";.*", "")));
      return;
    }
    zip.read((name, opening) -> entry(place, name, opening, budget, depth, selection));
  }

  /** Reads an entry of an archive, if it is to be read. */
  private void entry(
      Place archive,
      String name,
      Opening<InputStream> opening,
      Budget budget,
      int depth,
      Selection selection)
      throws IOException {
    if (selection.isAll() && Folder.isHidden(name)) {
      return;
    }
    if (selection.isAll() && !include.accepts(name)) {
      notIncluded++;
      return;
    }
    Selection taken = selection.take(name);
    if (taken == null) {
      return;
    }
    Place place = archive.entry(name, !selection.isAll() && taken.isAll());
    try (InputStream in = new BufferedInputStream(opening.open(), BUFFER)) {
      content(place, in, null, budget, depth, taken);
    } catch (NoTextException e) {
      noText(place, e);
    }
    selection.putBack(taken);
  }

  /** Returns all bytes of a file or an entry. */
  private byte[] allOf(Place place, InputStream in, Path file) throws IOException {
    if (file != null) {
      return TextFile.bytesOf(file);
    }
    byte[] bytes = in.readNBytes(MOST_BYTES);
    if (bytes.length == MOST_BYTES) {
      throw new CorpusException(
          place.shown() + " is larger than 2 GB; split it and name the parts one after the other");
    }
    return bytes;
  }

  /** Takes the text out of a document. */
  private interface Extraction {
    String of(byte[] document) throws IOException;
  }

  private void document(Place place, byte[] bytes, Extraction extraction) throws IOException {
    try {
      add(place, new TextFile(extraction.of(bytes), bytes, List.of()));
    } catch (NoTextException e) {
      noText(place, e);
    }
  }

  private void text(Place place, InputStream in, Path file) throws IOException {
    long size = file == null ? -1 : Files.size(file);
    if (!settings.hasLargeTexts() || (file != null && size <= limits.large())) {
      text(place, allOf(place, in, file));
      return;
    }
    // Of what is no file, the beginning must be kept, to be a sample and the text.
    byte[] start = in.readNBytes(file == null ? limits.large() + 1 : 0);
    if (file == null && start.length <= limits.large()) {
      text(place, start);
      return;
    }
    unused.removeIf(encoding -> encoding.isOf(place.shown()));
    LargeText large;
    try {
      TextSample sample =
          file == null
              ? TextSample.of(
                  (offset, count) ->
                      Arrays.copyOfRange(
                          start, (int) offset, (int) Math.min(start.length, offset + count)),
                  start.length)
              : sample(file, size);
      large = LargeText.of(place.shown(), sample, settings);
    } catch (NoTextException e) {
      noText(place, e);
      return;
    }
    InputStream whole = new SequenceInputStream(new ByteArrayInputStream(start), in);
    if (FileKind.isHtml(large.beginning())) {
      text(place, allOf(place, whole, file));
    } else if (FileKind.isSvg(large.beginning()) && !place.isNamed()) {
      noTexts.add(place.shown() + " (a picture (SVG))");
    } else {
      added(place, corpus.add(place.name(), place.shown(), place.path(), large, whole));
    }
  }

  private static TextSample sample(Path file, long size) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      return TextSample.of(
          (offset, count) -> {
            ByteBuffer bytes = ByteBuffer.allocate(count);
            channel.position(offset);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
              continue;
            }
            return Arrays.copyOf(bytes.array(), bytes.position());
          },
          size);
    }
  }

  private void text(Place place, byte[] bytes) throws CorpusException {
    if (bytes.length == 0) {
      empty(place, " is empty; charnn needs a plain-text file with some pages of text");
      return;
    }
    unused.removeIf(encoding -> encoding.isOf(place.shown()));
    TextFile read;
    try {
      read = TextFile.decode(place.shown(), bytes, HtmlEncoding.declared(bytes, settings));
    } catch (NoTextException e) {
      noText(place, e);
      return;
    }
    if (FileKind.isSvg(read.text()) && !place.isNamed()) {
      noTexts.add(place.shown() + " (a picture (SVG))");
      return;
    }
    add(
        place,
        settings.rules() > 0 && FileKind.isHtml(read.text())
            ? read.withText(HtmlText.of(read.text()))
            : read.withMarkupNoted(place.shown()));
  }

  private void add(Place place, TextFile read) throws CorpusException {
    characters += read.text().length();
    if (characters > limits.memory()) {
      throw new OutOfMemoryError("the texts have more characters than Java may use bytes");
    }
    added(place, corpus.add(place.name(), place.shown(), place.path(), read));
  }

  /**
   * @param hasText whether there is anything in a text
   */
  private void added(Place place, boolean hasText) throws CorpusException {
    if (hasText) {
      texts++;
    } else {
      empty(place, " holds nothing but white space; charnn needs some pages of text");
    }
  }

  private void empty(Place place, String message) throws CorpusException {
    if (place.isNamed()) {
      throw new CorpusException(place.shown() + message);
    }
    empty.add(place.shown());
  }

  /** Leaves a file out, unless the user named it. */
  private void noText(Place place, NoTextException e) throws NoTextException {
    if (place.isNamed()) {
      throw e;
    }
    noTexts.add(place.shown() + " (" + e.kind() + ")");
  }
}
