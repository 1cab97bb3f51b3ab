package charnn.checkpoint;

import static charnn.util.Formats.format;

import charnn.data.FileKind;
import charnn.util.Formats;
import charnn.util.PathState;
import charnn.util.Sentence;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The entries of a model file. The file is untrusted: just entries of known names are taken, each
 * with a bound, and only if its bytes have the checksum that the zip gives.
 */
record ModelZip(Path file, ZipFile zip) {
  /** Enough for the largest vocabulary and ten thousand evaluations. */
  static final int MAX_DESCRIPTION_BYTES = 4 << 20;

  /** Enough to recognise what kind of file it is. */
  private static final int HEAD_BYTES = 4096;

  interface EntryContent {
    void writeTo(DataOutputStream out) throws IOException;
  }

  interface EntryReader {
    void readFrom(DataInputStream in) throws IOException;
  }

  interface Reading<T> {
    T read(ModelZip zip) throws IOException;
  }

  /** Adds a description. */
  static void putJson(ZipOutputStream zip, String name, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    if (bytes.length >= MAX_DESCRIPTION_BYTES) {
      throw new IOException("entry " + name + " is too large to be read again");
    }
    zip.setLevel(Deflater.DEFAULT_COMPRESSION);
    putEntry(zip, name, out -> out.write(bytes));
  }

  /** Adds an entry of numbers, which compression would not make smaller. */
  static void put(ZipOutputStream zip, String name, EntryContent content) throws IOException {
    zip.setLevel(Deflater.NO_COMPRESSION);
    putEntry(zip, name, content);
  }

  private static void putEntry(ZipOutputStream zip, String name, EntryContent content)
      throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0); // The same model gives the same bytes.
    zip.putNextEntry(entry);
    DataOutputStream out = new DataOutputStream(zip);
    content.writeTo(out);
    out.flush();
    zip.closeEntry();
  }

  /**
   * Opens a file, reads from it and closes it.
   *
   * @param textHint what a text is good for, if the file is one
   * @throws ModelFileException if the file is missing, or is no zip whose entries can be read
   */
  static <T> T read(Path file, Sentence textHint, Reading<T> reading) throws ModelFileException {
    try {
      if (!PathState.isTaken(file)) {
        throw new NoSuchFileException(file.toString());
      }
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        throw new ModelFileException("cannot read a model: " + PathState.describe(file));
      }
      try (ZipFile zip = new ZipFile(file.toFile())) {
        return reading.read(new ModelZip(file, zip));
      }
    } catch (NoSuchFileException e) {
      throw new ModelFileException("cannot find the model file " + file, e);
    } catch (ModelFileException e) {
      throw e;
    } catch (ZipException | EOFException e) { // java.util.zip's
      throw noZip(file, textHint, e);
    } catch (IOException e) {
      throw new ModelFileException(file + " is not a readable model file: " + Formats.reason(e), e);
    } catch (IllegalArgumentException e) {
      // java.util.zip's, of names that are not UTF-8.
      throw new ModelFileException(
          file + " is not a readable model file: it has an entry of another name than a model's",
          e);
    }
  }

  /** Says what kind of file it is instead of a model. */
  private static ModelFileException noZip(Path file, Sentence textHint, IOException cause) {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(HEAD_BYTES);
    } catch (IOException e) {
      return new ModelFileException(
          file + " is not a readable model file: " + Formats.reason(e), e);
    }
    if (head.length == 0) {
      return new ModelFileException(file + " is empty, no model");
    }
    if (startsWith(head, 'P', 'K')) {
      return new ModelFileException(
          file
              + " is not a readable model file: it is cut off or damaged"
              + (cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")"),
          cause);
    }
    if (startsWith(head, 0x1F, 0x8B)) {
      return new ModelFileException(
          file + " is not a readable model file: it is packed with gzip; unpack it first", cause);
    }
    Optional<String> kind = FileKind.describe(file.toString(), head);
    if (kind.isPresent()) {
      return new ModelFileException(
          format("%s is not a model file: it %s", file, kind.get()), cause);
    }
    if (isText(head)) {
      return new ModelFileException(Sentence.of("%s is a text, no model; %s", file, textHint));
    }
    return new ModelFileException(
        file + " is not a readable model file: it is of another kind", cause);
  }

  /** Returns whether a file looks like a text; false too if it cannot be read. */
  static boolean isText(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(HEAD_BYTES);
      return head.length > 0 && isText(head);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean startsWith(byte[] bytes, int first, int second) {
    return bytes.length >= 2 && (bytes[0] & 0xFF) == first && (bytes[1] & 0xFF) == second;
  }

  /** Returns whether bytes begin like text in UTF-16, or have none that no other text has. */
  private static boolean isText(byte[] head) {
    if (startsWith(head, 0xFF, 0xFE) || startsWith(head, 0xFE, 0xFF)) {
      return true;
    }
    for (byte b : head) {
      if (b >= 0 && b < ' ' && "\t\n\f\r".indexOf(b) < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Checks that there are no entries but those that a kind of model may have, and its description.
   *
   * @param kind "charnn model"
   */
  void requireEntries(String kind, Set<String> names, String description)
      throws ModelFileException {
    if (zip.size() > names.size()) {
      throw new ModelFileException(
          format(
              "%s is not a %s: it has %d entries, more than %d",
              file, kind, zip.size(), names.size()));
    }
    Set<String> seen = new HashSet<>();
    for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().<ZipEntry>map(e -> e)::iterator) {
      if (!names.contains(entry.getName())) {
        List<String> sorted = names.stream().sorted().toList();
        throw new ModelFileException(
            format("%s is not a %s: it has an entry of another name than %s", file, kind, sorted));
      }
      if (!seen.add(entry.getName())) {
        throw new ModelFileException(format("%s has two entries %s", file, entry.getName()));
      }
    }
    if (!seen.contains(description)) {
      throw new ModelFileException(
          format("%s is not a %s: entry %s is missing", file, kind, description));
    }
  }

  boolean has(String name) {
    return zip.getEntry(name) != null;
  }

  /** Returns a description, as it stands there. */
  String json(String name) throws ModelFileException {
    byte[][] bytes = new byte[1][];
    readEntry(name, in -> bytes[0] = in.readNBytes(MAX_DESCRIPTION_BYTES));
    return new String(bytes[0], StandardCharsets.UTF_8);
  }

  /**
   * Checks an entry's size before anything of that size is allocated: against the rule, and,
   * because the zip may lie, against the file's own size. Floats do not compress to a quarter.
   */
  void requireSize(String name, long size) throws ModelFileException {
    ZipEntry entry = requireEntry(name);
    if (file.toFile().length() < size / 4) {
      throw broken(name, format("its size must be %,d bytes, more than the file can hold", size));
    }
    if (entry.getSize() != size) {
      throw broken(name, format("its size must be %,d bytes, got %,d", size, entry.getSize()));
    }
  }

  private ZipEntry requireEntry(String name) throws ModelFileException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new ModelFileException(
          format("%s is not a whole charnn model: entry %s is missing", file, name));
    }
    return entry;
  }

  /**
   * Hands an entry to its reader, which takes as many bytes as it expects; afterwards the entry
   * must be at its end.
   */
  void readEntry(String name, EntryReader reader) throws ModelFileException {
    ZipEntry entry = requireEntry(name);
    try (InputStream stream = zip.getInputStream(entry);
        CheckedInputStream checked = new CheckedInputStream(stream, new CRC32());
        DataInputStream in = new DataInputStream(new BufferedInputStream(checked, 1 << 16))) {
      reader.readFrom(in);
      if (in.read() >= 0) {
        throw broken(name, "it is longer than it may be");
      }
      if (checked.getChecksum().getValue() != entry.getCrc()) {
        throw broken(name, "its bytes do not have the checksum that the zip gives");
      }
    } catch (ModelFileException e) {
      throw e;
    } catch (EOFException e) {
      throw broken(name, "it ends too early", e);
    } catch (IOException e) {
      throw broken(name, Formats.reason(e), e);
    }
  }

  /**
   * Returns the error that a description cannot be used. Gson wraps what the records' own checks
   * throw, and its own words are for programmers.
   */
  ModelFileException broken(String entry, RuntimeException e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String rule =
        cause instanceof IllegalArgumentException && cause.getMessage() != null
            ? cause.getMessage() // charnn's own
            : cause instanceof IOException
                ? "it is not valid JSON"
                : "a value is missing or of a wrong type";
    return broken(entry, rule, e);
  }

  ModelFileException broken(String entry, String rule) {
    return broken(entry, rule, null);
  }

  /**
   * Returns the error that an entry breaks a rule.
   *
   * @param cause null if there is none
   */
  ModelFileException broken(String entry, String rule, Exception cause) {
    return new ModelFileException(
        format("%s is broken: in entry %s, %s", file, entry, rule), cause);
  }
}
