package charnn.data.web;

import charnn.util.AtomicFile;
import charnn.util.CacheFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;

/**
 * The texts that were fetched from the web, each in a folder of its own: the file, what is recorded
 * of it, and the part of a download that was cut.
 *
 * @param folder may not exist
 */
public record Downloads(Path folder) {
  private static final int MOST_NAME = 40;
  private static final int KEY_BYTES = 8;
  private static final int BUFFER = 1 << 16;

  /** Returns those in the cache. */
  public static Downloads usual() {
    return new Downloads(CacheFolder.path().resolve("downloads"));
  }

  /** Returns where a text is, if it was fetched. */
  public Path file(WebAddress address) {
    return entry(address).file();
  }

  Entry entry(WebAddress address) {
    String name = address.fileName().replaceAll("[^A-Za-z0-9.-]", "_").replaceFirst("^\\.+", "_");
    String key = HexFormat.of().formatHex(sha256(address.name()), 0, KEY_BYTES);
    return new Entry(
        folder.resolve(name.substring(0, Math.min(name.length(), MOST_NAME)) + "-" + key));
  }

  private static byte[] sha256(String text) {
    return digest().digest(text.getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** Returns the SHA-256 of a file, in hexadecimal. */
  static String sha256(Path file) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * What is recorded of a file that was fetched.
   *
   * @param place it came from
   * @param sha256 of its bytes, in hexadecimal
   */
  public record Fetched(String place, long bytes, String sha256, Instant time) {}

  /**
   * What is recorded of a download in progress.
   *
   * @param place that was asked
   * @param etag a strong one, or null
   * @param modified the time of the last change, as the server says it, or null
   * @param total bytes, or -1
   * @param encoding of the content, or null
   */
  record Part(String place, String etag, String modified, long total, String encoding) {
    /** Returns what tells the server which version a part is of; null if there is nothing. */
    String validator() {
      return etag != null ? etag : modified;
    }
  }

  /** A text and its download. */
  record Entry(Path folder) {
    Path file() {
      return folder.resolve("text");
    }

    Path partFile() {
      return folder.resolve("part");
    }

    private Path record() {
      return folder.resolve("text.properties");
    }

    private Path partRecord() {
      return folder.resolve("part.properties");
    }

    /** Returns what is recorded of the file, which may have been deleted; empty if nothing. */
    Optional<Fetched> fetched() {
      Properties known = read(record());
      try {
        return Optional.of(
            new Fetched(
                known.getProperty("place", ""),
                Long.parseLong(known.getProperty("bytes", "")),
                known.getProperty("sha256", ""),
                Instant.parse(known.getProperty("time", ""))));
      } catch (IllegalArgumentException | java.time.DateTimeException e) {
        return Optional.empty();
      }
    }

    /** Returns whether the file is there, with the bytes that were fetched. */
    boolean isIntact() {
      try {
        Fetched known = fetched().orElse(null);
        return known != null
            && Files.isRegularFile(file())
            && Files.size(file()) == known.bytes
            && sha256(file()).equals(known.sha256);
      } catch (IOException e) {
        return false;
      }
    }

    void write(Fetched fetched) throws IOException {
      Properties values = new Properties();
      values.setProperty("place", fetched.place);
      values.setProperty("bytes", Long.toString(fetched.bytes));
      values.setProperty("sha256", fetched.sha256);
      values.setProperty("time", fetched.time.toString());
      write(record(), values);
    }

    /** Returns the part of a place's text that came before; empty if it cannot be continued. */
    Optional<Part> part(String place) {
      Properties known = read(partRecord());
      try {
        Part part =
            new Part(
                known.getProperty("place", ""),
                known.getProperty("etag"),
                known.getProperty("modified"),
                Long.parseLong(known.getProperty("total", "")),
                known.getProperty("encoding"));
        return part.place.equals(place) && part.validator() != null && partSize() > 0
            ? Optional.of(part)
            : Optional.empty();
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }

    void write(Part part) throws IOException {
      Properties values = new Properties();
      values.setProperty("place", part.place);
      values.setProperty("total", Long.toString(part.total));
      put(values, "etag", part.etag);
      put(values, "modified", part.modified);
      put(values, "encoding", part.encoding);
      write(partRecord(), values);
    }

    long partSize() {
      try {
        return Files.size(partFile());
      } catch (IOException e) {
        return 0;
      }
    }

    void dropPart() throws IOException {
      Files.deleteIfExists(partFile());
      Files.deleteIfExists(partRecord());
    }

    private static void put(Properties values, String name, String value) {
      if (value != null) {
        values.setProperty(name, value);
      }
    }

    private static Properties read(Path file) {
      Properties values = new Properties();
      try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        values.load(in);
      } catch (IOException | IllegalArgumentException e) {
        return new Properties();
      }
      return values;
    }

    private static void write(Path file, Properties values) throws IOException {
      StringWriter text = new StringWriter();
      values.store(text, null);
      AtomicFile.writeOwned(
          file, out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
    }
  }
}
