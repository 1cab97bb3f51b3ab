package charnn.util;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Describes what stands at a path, for a message that says why it cannot be used. */
public final class PathState {
  private PathState() {}

  /** Returns whether the path leads to anything, be it a link to nothing. */
  public static boolean isTaken(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Returns what stands at a path, and why it cannot be read if so, as part of a sentence. */
  public static String describe(Path path) {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(path, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return Files.isSymbolicLink(path)
          ? path + " is a link to " + target(path) + ", which does not exist"
          : path + " does not exist";
    } catch (AccessDeniedException e) {
      return "there is no permission to look at " + path;
    } catch (IOException e) {
      return path + " cannot be looked at: " + Formats.reason(e);
    }
    if (attributes.isDirectory()) {
      return Files.isReadable(path) && Files.isExecutable(path)
          ? path + " is a folder"
          : "there is no permission to look into the folder " + path;
    }
    if (!Files.isReadable(path)) {
      return "there is no permission to read " + path;
    }
    return path + (attributes.isRegularFile() ? " is a file" : " is a named pipe or a device");
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "a place";
    }
  }
}
