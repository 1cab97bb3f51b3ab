package charnn.data.input;

import charnn.data.Corpus;
import charnn.data.CorpusException;
import charnn.data.DecodingSettings;
import charnn.data.DocumentUnit;
import charnn.data.cache.CacheKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What inputs are at a time: the names of their files, sizes and times of the last change. Of a
 * folder, all files count.
 *
 * @param key of the same corpus in a cache
 * @param bytes of all files
 */
record InputState(CacheKey key, long bytes) {
  private static final int NAME_DIGITS = 32;

  /** Returns the state of inputs; empty if they cannot be read again, or not be found. */
  static Optional<InputState> of(CorpusInputs inputs, DecodingSettings settings) {
    if (inputs.hasStream()) {
      return Optional.empty();
    }
    MessageDigest named = Corpus.sha256();
    add(named, alike(settings).toString());
    add(named, inputs.include().toString());
    MessageDigest found = Corpus.sha256();
    long[] bytes = new long[1];
    try {
      for (CorpusInput input : inputs.all()) {
        add(
            named,
            input.file().toAbsolutePath().normalize() + CorpusInput.SEPARATOR + input.entry());
        if (Files.isDirectory(input.file())) {
          Folder.walk(
              input.file(),
              (file, within) -> {
                if (inputs.include().accepts(within)) {
                  bytes[0] += add(found, file);
                }
              });
        } else {
          bytes[0] += add(found, input.file());
        }
      }
    } catch (IOException e) {
      return Optional.empty(); // It is said when they are read.
    }
    return Optional.of(
        new InputState(
            new CacheKey(digits(named), digits(found), inputs.describe(), settings), bytes[0]));
  }

  /**
   * Returns the settings that decide the text. A run is started with files as documents if there
   * are several, and resumed with or without; rare characters are in the text, too.
   */
  private static DecodingSettings alike(DecodingSettings settings) {
    DecodingSettings text =
        settings.withCharacters(settings.normalization(), settings.lowercase(), 0);
    return text.documents() == null || text.documents().equals(DocumentUnit.FILE)
        ? text.withDocuments(DocumentUnit.FILE_IF_SEVERAL)
        : text;
  }

  /** Returns a key under which nothing is found again. */
  static CacheKey passing(CorpusInputs inputs, DecodingSettings settings) {
    MessageDigest digest = Corpus.sha256();
    add(digest, ProcessHandle.current().pid() + " " + System.nanoTime());
    return new CacheKey(digits(digest), "", inputs.describe(), settings);
  }

  private static String digits(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest()).substring(0, NAME_DIGITS);
  }

  private static long add(MessageDigest digest, Path file) throws CorpusException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      add(digest, file.toString());
      add(digest, attributes.size() + " " + attributes.lastModifiedTime());
      return attributes.size();
    } catch (IOException e) {
      throw new CorpusException(file + " cannot be found", e);
    }
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
