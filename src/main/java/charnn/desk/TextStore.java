package charnn.desk;

import charnn.data.CorpusException;
import charnn.data.DecodingSettings;
import charnn.data.TextFile;
import charnn.util.AtomicFile;
import charnn.util.PathState;
import charnn.util.RegularFile;
import charnn.util.Sentence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The file of a text. It is replaced as a whole, in UTF-8. What another program wrote into it
 * meanwhile is not overwritten: the text then gets another name. A file that cannot be given back
 * as it was, because its encoding was another one, is kept beside.
 */
public final class TextStore implements Store {
  private static final String KEPT = ".orig";
  private static final Set<PosixFilePermission> PRIVATE =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final String text;
  private final List<Sentence> notes;
  private final TextFormat format;
  private final boolean isExact; // whether the text encodes to the bytes that were read
  private volatile Path file; // read while a save waits for the disk
  private volatile BasicFileAttributes
      known; // of the file as it was read or written last; null: none
  private final Set<PosixFilePermission> permissions; // of the file that was read; null: none
  private boolean isKept; // whether nothing is to be kept beside, or it is

  private TextStore(
      Path file,
      String text,
      List<Sentence> notes,
      TextFormat format,
      boolean isExact,
      BasicFileAttributes known,
      Set<PosixFilePermission> permissions) {
    this.file = file;
    this.text = text;
    this.notes = notes;
    this.format = format;
    this.isExact = isExact;
    this.known = known;
    this.permissions = permissions;
  }

  /**
   * Opens a file, or a new one, which is made when something is saved.
   *
   * @throws CorpusException if it is no text, or cannot be read or written
   */
  public static TextStore open(Path path, DecodingSettings decoding) throws IOException {
    if (!PathState.isTaken(path)) {
      return create(path);
    }
    if (!Files.isRegularFile(path)) {
      throw new CorpusException(
          "cannot write a text: " + PathState.describe(path) + "; name a file");
    }
    Path file = path.toRealPath();
    BasicFileAttributes known = attributes(file);
    TextFile read = TextFile.readAny(file, decoding);
    if (!Files.isWritable(file)) {
      throw new CorpusException(
          "no permission to write " + path + "; change its permissions, or write a copy");
    }
    requireWritable(file);
    TextFormat format = TextFormat.of(read.bytes());
    boolean isExact = Arrays.equals(format.encode(read.text()), read.bytes());
    List<Sentence> notes = new ArrayList<>(read.notes());
    if (!isExact) {
      notes.add(
          Sentence.of(
              "%s will be saved in UTF-8, with one kind of line end; as it is, it stays as %s",
              path, kept(file)));
    }
    return new TextStore(
        file,
        read.text(),
        List.copyOf(notes),
        format,
        isExact,
        known,
        AtomicFile.permissions(file, null));
  }

  private static TextStore create(Path path) throws CorpusException {
    requireWritable(path);
    return new TextStore(path, "", List.of(), TextFormat.NEW, true, null, null);
  }

  /** Returns a store with a name that is free, for a text that was given none. */
  public static TextStore unnamed(Path folder) throws CorpusException {
    return create(free(folder.resolve("untitled.txt")));
  }

  private static void requireWritable(Path file) throws CorpusException {
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new CorpusException("there is no folder " + folder + "; make it, or name another");
    }
    if (!Files.isWritable(folder)) {
      throw new CorpusException(
          "no permission to save anything in " + folder + "; name a file in another folder");
    }
  }

  /** Returns the text that was read, with '\n' as line end. */
  public String text() {
    return text;
  }

  /** Returns what the user should know about how the file is read and written. */
  public List<Sentence> notes() {
    return notes;
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public boolean hasFile() {
    return known != null;
  }

  /**
   * Saves a text to the folder for temporary files, with the permissions of the file that was read;
   * a new text can be read by its owner alone. Returns where.
   */
  @Override
  public Path rescue(String saved) throws IOException {
    return rescue(saved, Path.of(System.getProperty("java.io.tmpdir")));
  }

  synchronized Path rescue(String saved, Path folder) throws IOException {
    Path rescued = free(folder.resolve(file.getFileName()));
    byte[] bytes = format.encode(saved);
    AtomicFile.write(rescued, permissions == null ? PRIVATE : permissions, out -> out.write(bytes));
    return rescued;
  }

  @Override
  public synchronized void save(String saved) throws IOException {
    BasicFileAttributes found = attributes(file);
    if (found != null && !isKnown(found)) {
      file = free(file);
    } else if (found != null && !isExact && !isKept) {
      keep(found);
      isKept = true;
    }
    byte[] bytes = format.encode(saved);
    RegularFile.require(file);
    AtomicFile.write(file, permissions, out -> out.write(bytes));
    known = attributes(file);
    isKept = true; // What stands there now is the text as it is saved.
  }

  /** Keeps the file beside, on the disk before it is replaced: nothing else has its bytes then. */
  private void keep(BasicFileAttributes found) throws IOException {
    Path kept = kept(file);
    AtomicFile.write(kept, permissions, out -> Files.copy(file, out));
    Files.setLastModifiedTime(kept, found.lastModifiedTime());
  }

  private boolean isKnown(BasicFileAttributes found) {
    return known != null
        && known.size() == found.size()
        && known.lastModifiedTime().equals(found.lastModifiedTime());
  }

  /** Returns a file's attributes; null if there is none. */
  private static BasicFileAttributes attributes(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static Path kept(Path file) {
    return free(file.resolveSibling(file.getFileName() + KEPT));
  }

  /** Returns a path, or one with a number in its name that is free. */
  private static Path free(Path path) {
    Path free = path;
    String name = path.getFileName().toString();
    int dot = name.lastIndexOf('.');
    int end = dot <= 0 ? name.length() : dot;
    for (int i = 2; PathState.isTaken(free); i++) {
      free = path.resolveSibling(name.substring(0, end) + "-" + i + name.substring(end));
    }
    return free;
  }
}
