package charnn.data.input;

import charnn.data.CorpusException;
import charnn.data.TextFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a folder and of the folders in it, sorted by name. Hidden ones are left out. */
final class Folder {
  /** Hidden files and what programs keep beside texts; "." and ".." are folders as others. */
  private static final Pattern HIDDEN =
      Pattern.compile(
          "(?s)(?:.*[/\\\\])?(?:\\.(?!\\.?(?:[/\\\\]|$))|__MACOSX[/\\\\]|CVS[/\\\\]).*");

  private final Path root;
  private final Visitor visitor;
  private final Set<Path> seen = new HashSet<>(); // folders on the way, each of which is read once

  /** Takes the files. */
  interface Visitor {
    /**
     * @param within its path within the folder, with '/'
     */
    void file(Path file, String within) throws CorpusException;
  }

  private Folder(Path root, Visitor visitor) {
    this.root = root;
    this.visitor = visitor;
  }

  static void walk(Path folder, Visitor visitor) throws CorpusException {
    new Folder(folder, visitor).walk(folder);
  }

  /** Returns whether a file is hidden, by its path within its folder or archive. */
  static boolean isHidden(String within) {
    return HIDDEN.matcher(within).matches();
  }

  private void walk(Path folder) throws CorpusException {
    List<Path> files;
    try {
      if (!seen.add(folder.toRealPath())) {
        return;
      }
      try (Stream<Path> listed = Files.list(folder)) {
        files =
            listed
                .sorted(Comparator.comparing((Path file) -> file.getFileName().toString()))
                .toList();
      }
    } catch (IOException e) {
      throw TextFile.unreadable(folder, e);
    }
    for (Path file : files) {
      String within = root.relativize(file).toString().replace(File.separatorChar, '/');
      if (Files.isDirectory(file)) {
        if (!isHidden(within + "/")) {
          walk(file);
        }
      } else if (Files.isRegularFile(file) && !isHidden(within)) {
        visitor.file(file, within);
      }
    }
  }
}
