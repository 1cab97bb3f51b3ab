package charnn.data;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Kinds of files that are no plain text, known by their first bytes. */
public enum FileKind {
  GZIP("a gzip archive; unpack it first: gunzip %s", 0, "\u001f\u008b"),
  COMPRESS("a compressed file; unpack it first: uncompress %s", 0, "\u001f\u009d"),
  XZ("an xz archive; unpack it first: unxz %s", 0, "\u00fd7zXZ\0"),
  BZIP2("a bzip2 archive; unpack it first: bunzip2 %s", 4, "1AY&SY"),
  ZSTD("a Zstandard archive; unpack it first: unzstd %s", 0, "(\u00b5/\u00fd"),
  LZ4("an LZ4 archive; unpack it first: unlz4 %s", 0, "\u0004\"M\u0018"),
  SEVEN_ZIP("a 7-Zip archive; unpack it first: 7z x %s", 0, "7z\u00bc\u00af'\u001c"),
  RAR("a RAR archive; unpack it first: unrar x %s", 0, "Rar!\u001a\u0007"),
  TAR("a tar archive; unpack it first: tar xf %s", 257, "ustar"),
  ZIP("a zip archive; unpack it first: unzip %s", 0, "PK\u0003\u0004"),
  EMPTY_ZIP("an empty zip archive", 0, "PK\u0005\u0006"),
  PDF("a PDF document; take the text out of it first: pdftotext %s", 0, "%PDF-"),
  RTF("an RTF document; save it as plain text first, in a word processor", 0, "{\\rtf"),
  OFFICE(
      "an old Office document; save it as plain text first, in a word processor",
      0,
      "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1"),
  MOBI("a Kindle e-book; save it as plain text first, with Calibre", 60, "BOOKMOBI"),
  DJVU("a DjVu document; take the text out of it first: djvutxt %s", 0, "AT&TFORM"),
  PNG("a picture (PNG)", 0, "\u0089PNG\r\n"),
  JPEG("a picture (JPEG)", 0, "\u00ff\u00d8\u00ff"),
  GIF("a picture (GIF)", 0, "GIF8"),
  TIFF("a picture (TIFF)", 0, "II*\0"),
  TIFF_BIG_ENDIAN("a picture (TIFF)", 0, "MM\0*"),
  RIFF("a picture, sound or film (RIFF)", 0, "RIFF"),
  OGG("sound or film (Ogg)", 0, "OggS"),
  FLAC("sound (FLAC)", 0, "fLaC"),
  MP3("sound (MP3)", 0, "ID3"),
  MP4("a film or picture (MP4)", 4, "ftyp"),
  ELF("a program", 0, "\u007fELF"),
  WINDOWS_PROGRAM("a program for Windows", 0, "MZ"),
  MAC_PROGRAM("a program for macOS", 0, "\u00cf\u00fa\u00ed\u00fe"),
  JAVA_CLASS("a Java class or a program for macOS", 0, "\u00ca\u00fe\u00ba\u00be"),
  WASM("a WebAssembly program", 0, "\0asm"),
  SQLITE("an SQLite database", 0, "SQLite format 3\0"),
  NUMPY("a NumPy array", 0, "\u0093NUMPY"),
  HDF5("an HDF5 file", 0, "\u0089HDF\r\n"),
  PARQUET("a Parquet table", 0, "PAR1");

  /** Bytes of a file that tell what it is. */
  public static final int LOOK_AT = 4096;

  private static final Pattern HTML = firstTag("html");
  private static final Pattern SVG = firstTag("svg");

  private final String description;
  private final int offset;
  private final byte[] signature;

  FileKind(String description, int offset, String signature) {
    this.description = description;
    this.offset = offset;
    this.signature = signature.getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * Returns the kind of a file that is no plain text.
   *
   * @param start of the file, {@link #LOOK_AT} bytes if it has so many
   */
  public static Optional<FileKind> of(byte[] start) {
    for (FileKind kind : values()) {
      if (has(start, kind.offset, kind.signature)
          && (kind == PDF || kind == RTF || hasBinaryBytes(start))) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /**
   * Returns what a file is that is no plain text, and what to do with it: "is a zip archive; ...".
   *
   * @param source the file's name
   */
  public static Optional<String> describe(String source, byte[] bytes) {
    return of(bytes)
        .map(kind -> kind == ZIP ? describeZip(bytes) : kind.description)
        .map(description -> "is " + description.replace("%s", source));
  }

  /** Returns what a file of this kind is, without what to do with it: "a picture (PNG)". */
  public String what() {
    return what(description);
  }

  /** Returns a description up to what to do. */
  static String what(String description) {
    return description.replaceFirst("^is ", "").replaceFirst(";.*", "");
  }

  /**
   * Returns a pattern of XML up to its first tag, before which declarations and comments may stand.
   */
  private static Pattern firstTag(String name) {
    return Pattern.compile(
        "(?:\\s++|<\\?[^>]*+>|<!--(?:[^-]|-(?!->))*+-->|<!DOCTYPE\\s[^>]*+>)*+<NAME\\b"
            .replace("NAME", name),
        Pattern.CASE_INSENSITIVE);
  }

  /** A text may begin with the letters of a signature, but has neither NUL nor other controls. */
  private static boolean hasBinaryBytes(byte[] bytes) {
    for (int i = 0; i < Math.min(bytes.length, LOOK_AT); i++) {
      if (bytes[i] >= 0 && bytes[i] < '\t') {
        return true;
      }
    }
    return false;
  }

  private static String describeZip(byte[] bytes) {
    String start =
        new String(bytes, 0, Math.min(bytes.length, LOOK_AT), StandardCharsets.ISO_8859_1);
    int tail = Math.max(0, bytes.length - LOOK_AT);
    String names =
        start + new String(bytes, tail, bytes.length - tail, StandardCharsets.ISO_8859_1);
    return describeDocument(start, names).orElse(ZIP.description);
  }

  /**
   * Returns what a zip archive is that is a document of another program.
   *
   * @param start of the archive, as characters
   * @param names in which its entries' names are found
   */
  public static Optional<String> describeDocument(String start, String names) {
    return Optional.ofNullable(document(start, names));
  }

  private static String document(String start, String names) {
    if (names.contains("charnn.json")) {
      return "a model of charnn, no text";
    }
    if (start.contains("mimetypeapplication/epub+zip")) {
      return "an EPUB e-book; save it as plain text first: pandoc -t plain %s";
    }
    if (start.contains("mimetypeapplication/vnd.oasis.opendocument")) {
      return "an OpenDocument file; save it as plain text first: pandoc -t plain %s";
    }
    if (names.contains("word/")) {
      return "a Word document; save it as plain text first: pandoc -t plain %s";
    }
    if (names.contains("[Content_Types].xml")) {
      return "an Office document; save it as plain text first";
    }
    return null;
  }

  /** Returns whether a text is HTML, or other XML. */
  public static boolean isMarkup(String text) {
    String start = text.substring(0, Math.min(text.length(), 200)).stripLeading();
    return start.regionMatches(true, 0, "<!DOCTYPE", 0, 9)
        || start.startsWith("<?xml")
        || isHtml(text);
  }

  /** Returns whether a text is HTML. */
  public static boolean isHtml(String text) {
    return startsWithTag(HTML, text);
  }

  /** Returns whether a text is a picture (SVG). */
  public static boolean isSvg(String text) {
    return startsWithTag(SVG, text);
  }

  private static boolean startsWithTag(Pattern tag, String text) {
    return tag.matcher(text.substring(0, Math.min(text.length(), LOOK_AT))).lookingAt();
  }

  private static boolean has(byte[] bytes, int offset, byte[] signature) {
    if (bytes.length < offset + signature.length) {
      return false;
    }
    for (int i = 0; i < signature.length; i++) {
      if (bytes[offset + i] != signature[i]) {
        return false;
      }
    }
    return true;
  }
}
