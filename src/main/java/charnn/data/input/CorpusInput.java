package charnn.data.input;

import charnn.data.CorpusException;
import charnn.data.web.Downloads;
import charnn.data.web.WebAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * What the user names as a corpus or a part of one: a file, a folder, an entry of an archive
 * ({@code archive!/entry}), an address of the web or standard input ({@code -}). A further kind of
 * input is a further case here, and one in {@link InputReader}.
 *
 * @param name as it was given
 * @param file or folder, or the archive of the entry; null of standard input
 * @param entry null if the whole file is meant. Behind another {@code !/} stands an entry of an
 *     archive within the archive
 * @param address of the web, of which the file is the copy, once it is fetched; null of others
 */
public record CorpusInput(String name, Path file, String entry, WebAddress address) {
  static final String STANDARD_INPUT = "-";

  /** Under this name standard input is recorded; see {@link #isStream}. */
  static final String STANDARD_INPUT_PATH = "/dev/stdin";

  static final String SEPARATOR = "!/";

  /**
   * Returns the input of a name. A file of just that name goes before an entry of an archive.
   *
   * @throws java.nio.file.InvalidPathException if it cannot be a name
   */
  public static CorpusInput of(String name) {
    if (name.equals(STANDARD_INPUT)) {
      return new CorpusInput(name, null, null, null);
    }
    if (WebAddress.isMeant(name)) {
      return ofWeb(name);
    }
    for (int at = name.indexOf(SEPARATOR); at > 0; at = name.indexOf(SEPARATOR, at + 1)) {
      Path archive = Path.of(name.substring(0, at));
      if (Files.isRegularFile(archive) && !isFile(name)) {
        return new CorpusInput(name, archive, name.substring(at + SEPARATOR.length()), null);
      }
    }
    return new CorpusInput(name, Path.of(name), null, null);
  }

  private static CorpusInput ofWeb(String name) {
    String archive = WebAddress.withoutEntry(name);
    String entry =
        archive.equals(name) ? null : name.substring(archive.length() + SEPARATOR.length());
    try {
      WebAddress address = WebAddress.of(archive);
      return new CorpusInput(
          entry == null ? address.name() : address.name() + SEPARATOR + entry,
          Downloads.usual().file(address),
          entry,
          address);
    } catch (CorpusException e) {
      throw new InvalidPathException(name, e.getMessage());
    }
  }

  /** Returns whether this is in the web, and its file no more than a copy. */
  public boolean isWeb() {
    return address != null;
  }

  /** An entry's name may hold what no file's name can. */
  private static boolean isFile(String name) {
    try {
      return Files.exists(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  boolean isStandardInput() {
    return file == null;
  }

  /** Returns whether this cannot be read again later: a pipe, or a shell's {@code <(...)}. */
  public boolean isStream() {
    if (isStandardInput()) {
      return true;
    }
    if (isWeb()) {
      return false;
    }
    String path = file.toAbsolutePath().normalize().toString();
    boolean isThere = Files.exists(file) && !Files.isDirectory(file);
    return path.matches("/dev/fd/.*|" + STANDARD_INPUT_PATH + "(!/.*)?|/proc/.*")
        || (isThere && !Files.isRegularFile(file));
  }

  /** Returns whether this is a file, or an entry of one, that can be read again later. */
  public boolean isLasting() {
    return !isStandardInput() && Files.isRegularFile(file) && !isStream();
  }

  /** Returns the last part of the name, as that of a file before it was compressed. */
  public Path lastName() {
    Path last =
        isWeb() ? Path.of(address.fileName()) : file.toAbsolutePath().normalize().getFileName();
    String name = entry == null ? String.valueOf(last) : Place.lastPart(entry);
    return Path.of(name.replaceFirst("(?<=.)\\.(?:gz|bz2|xz|zst)$", ""));
  }

  @Override
  public String toString() {
    return name;
  }
}
