package charnn.desk;

import static charnn.util.Formats.format;

import charnn.data.CorpusException;
import charnn.data.DecodingSettings;
import charnn.data.TextFile;
import charnn.report.VisibleText;
import charnn.util.AtomicFile;
import charnn.util.PathState;
import charnn.util.RegularFile;
import charnn.util.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The file of a text. It is replaced as a whole, in UTF-8. What another program wrote into it
 * meanwhile is not overwritten: the text then gets another name. Whether the file was changed is
 * told by its content. A file that cannot be given back as it was, because its encoding was another
 * one, is kept beside.
 */
public final class TextStore implements Store {
  private static final String KEPT = ".orig";
  private static final Set<PosixFilePermission> PRIVATE =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path named; // the file that was opened
  private final String text;
  private final List<Sentence> notes;
  private final TextFormat format;
  private final String change; // what saving does to the form of the file; null: nothing
  private final Set<PosixFilePermission> permissions; // of the file that was read; null: none
  private volatile Path file; // read while a save waits for the disk
  private volatile Version known; // of the file as it was read or written last; null: none
  private boolean isKept; // whether nothing is to be kept beside, or it is
  private Path kept; // the file as it was, beside; null: not kept
  private Path remade; // a file that had been deleted, and was written again; null: none

  /**
   * A file at one time.
   *
   * @param digest of its bytes
   */
  private record Version(BasicFileAttributes attributes, byte[] digest) {}

  private TextStore(
      Path file,
      String text,
      List<Sentence> notes,
      TextFormat format,
      String change,
      Version known,
      Set<PosixFilePermission> permissions) {
    named = file;
    this.file = file;
    this.text = text;
    this.notes = notes;
    this.format = format;
    this.change = change;
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
    TextFile read = TextFile.read(file, decoding);
    if (!Files.isWritable(file)) {
      throw new CorpusException(
          "no permission to write " + path + "; change its permissions, or write a copy");
    }
    requireWritable(file);
    TextFormat format = TextFormat.of(read.bytes());
    boolean isExact = Arrays.equals(format.encode(read.text()), read.bytes());
    return new TextStore(
        file,
        read.text(),
        List.copyOf(read.notes()),
        format,
        isExact ? null : TextFormat.change(read.bytes()),
        new Version(known, digest().digest(read.bytes())),
        AtomicFile.permissions(file, null));
  }

  private static TextStore create(Path path) throws CorpusException {
    requireWritable(path);
    return new TextStore(path, "", List.of(), TextFormat.NEW, null, null, null);
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

  /** Returns what the user should know about how the file is read. */
  public List<Sentence> notes() {
    return notes;
  }

  /** Returns what the first save will do to the form of the file; null: nothing. */
  public synchronized String warning() {
    return change == null || isKept
        ? null
        : format(
            "%s will be saved %s; as it is, it stays as %s",
            name(file), change, name(keptName(file)));
  }

  @Override
  public synchronized List<String> news() {
    List<String> news = new ArrayList<>();
    if (kept != null) {
      news.add(keptNews());
    }
    if (!file.equals(named)) {
      news.add(changedNews());
    }
    if (remade != null) {
      news.add(remadeNews());
    }
    return news;
  }

  private String keptNews() {
    return format("%s was saved %s; as it was, it stays as %s", name(named), change, name(kept));
  }

  private String changedNews() {
    return format("%s was changed by another program; your text is in %s", name(named), name(file));
  }

  private String remadeNews() {
    return format("%s was deleted by another program; it was written again", name(remade));
  }

  private static String name(Path path) {
    return VisibleText.oneLine(path.getFileName().toString());
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
  public boolean isTouched() {
    Version version = known;
    try {
      BasicFileAttributes found = attributes(file);
      return version != null
          && (found == null
              || found.size() != version.attributes.size()
              || !found.lastModifiedTime().equals(version.attributes.lastModifiedTime()));
    } catch (IOException e) {
      return true; // Saving will tell.
    }
  }

  @Override
  public synchronized boolean isIntact() {
    if (known == null) {
      return true;
    }
    try {
      BasicFileAttributes found = attributes(file);
      if (found == null || !isKnown(found)) {
        return false;
      }
      known = new Version(found, known.digest); // It may have another time.
      return true;
    } catch (IOException e) {
      return false; // Saving will tell.
    }
  }

  @Override
  public synchronized String save(String saved) throws IOException {
    BasicFileAttributes found = attributes(file);
    boolean isChanged = found != null && !isKnown(found);
    boolean isDeleted = found == null && known != null;
    Path target = isChanged ? free(file) : file;
    boolean keeps = found != null && !isChanged && change != null && !isKept;
    if (keeps) {
      kept = keep(found);
      isKept = true;
    }
    byte[] bytes = format.encode(saved);
    RegularFile.require(target);
    AtomicFile.write(target, permissions, out -> out.write(bytes));
    file = target;
    known = new Version(attributes(file), digest().digest(bytes));
    isKept = true; // What stands there now is the text as it is saved.
    remade = isDeleted ? target : remade;
    return isChanged ? changedNews() : isDeleted ? remadeNews() : keeps ? keptNews() : null;
  }

  /**
   * Keeps the file beside, on the disk before it is replaced: nothing else has its bytes then.
   * Returns where.
   */
  private Path keep(BasicFileAttributes found) throws IOException {
    Path beside = keptName(file);
    AtomicFile.write(beside, permissions, out -> Files.copy(file, out));
    Files.setLastModifiedTime(beside, found.lastModifiedTime());
    return beside;
  }

  /** Returns whether the file has the content that was read or written last. */
  private boolean isKnown(BasicFileAttributes found) throws IOException {
    if (known == null || !found.isRegularFile() || found.size() != known.attributes.size()) {
      return false;
    }
    MessageDigest digest = digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (AccessDeniedException e) {
      return false; // Nobody knows what is in it.
    }
    return Arrays.equals(digest.digest(), known.digest);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has it", e);
    }
  }

  /** Returns a file's attributes, a link's own; null if there is none. */
  private static BasicFileAttributes attributes(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static Path keptName(Path file) {
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
