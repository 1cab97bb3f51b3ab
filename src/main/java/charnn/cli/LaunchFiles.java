package charnn.cli;

import charnn.util.AtomicFile;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes the launchers' input to {@code target/launch/}, as the last step of the build.
 *
 * <ul>
 *   <li>{@code charnn-HASH.jar}: the build's jar. The name is unique to the build, so that the jar
 *       is not replaced while a run uses it
 *   <li>{@code COMMAND.options}: the command's options of the JVM. The first line holds the build's
 *       hash, the name of the class archive, and the line that this JVM always writes to standard
 *       error
 *   <li>{@code COMMAND-batch.options}: the same for several texts at once, if they differ
 *   <li>{@code readers.options}: the class path with the readers of packed corpora and documents;
 *       it follows the command's options
 *   <li>{@code dl4j.options}: the same with DL4J, too
 *   <li>{@code rehearse-ARCHIVE.options}: how to start charnn.Rehearsal
 *   <li>{@code built}, written last: its time is that of the build; it names a library that must
 *       exist
 * </ul>
 */
public final class LaunchFiles {
  private static final Duration KEPT = Duration.ofDays(7);
  private static final String OPTIONS = ".options";

  /**
   * The first jars of the readers, of the server and of DL4J, which follow those that every command
   * needs.
   */
  private static final String READERS = "commons-compress";

  private static final String SERVER = "netty";

  private static final String DL4J = "deeplearning4j";

  private final Path launch;
  private final Set<String> written = new HashSet<>();

  private LaunchFiles(Path launch) {
    this.launch = launch;
  }

  /**
   * @param args the build's folder, with {@code charnn.jar} and {@code classpath}
   */
  public static void main(String[] args) throws IOException {
    Path target = Path.of(args[0]);
    Path launch = Files.createDirectories(target.resolve("launch"));
    String libraries = Files.readString(target.resolve("classpath")).strip();
    new LaunchFiles(launch).write(target.resolve("charnn.jar"), libraries);
  }

  private void write(Path jar, String libraries) throws IOException {
    byte[] bytes = Files.readAllBytes(jar);
    String hash = hash(bytes, libraries);
    Path own = launch.resolve("charnn-" + hash + ".jar");
    if (!Files.exists(own)) {
      AtomicFile.writeOwned(own, out -> out.write(bytes));
    }
    written.add(own.getFileName().toString());
    String all = own + File.pathSeparator + libraries;
    String usual = own + File.pathSeparator + before(READERS, libraries);
    String server = own + File.pathSeparator + before(DL4J, libraries);
    for (Map.Entry<String, Jvm> command : Cli.jvms().entrySet()) {
      Jvm jvm = command.getValue();
      String about = String.join(" ", "#", hash, jvm.archive().toString(), jvm.notice()).strip();
      String classPath =
          switch (jvm) {
            case LAB -> all;
            case SERVE -> server;
            default -> usual;
          };
      write(command.getKey(), about, jvm.allOptions(), classPath);
      if (jvm == Jvm.TEXT) {
        List<String> batch = new ArrayList<>(jvm.allOptions());
        batch.addAll(Jvm.batchOptions());
        write(command.getKey() + "-batch", about, batch, usual);
      }
    }
    write("readers", "#", List.of(), own + File.pathSeparator + before(SERVER, libraries));
    write("dl4j", "#", List.of(), all);
    for (Jvm jvm : Jvm.values()) {
      if (jvm == jvm.archive()) {
        List<String> options = new ArrayList<>(jvm.allOptions());
        write("rehearse-" + jvm, "# charnn.Rehearsal", options, usual);
      }
    }
    String library = libraries.split(File.pathSeparator, 2)[0];
    AtomicFile.writeOwned(launch.resolve("built"), out -> out.write(encode(library + "\n")));
    removeOld(hash);
  }

  /** Returns a hash of the build's jar and its class path. */
  private static String hash(byte[] jar, String libraries) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(jar);
      digest.update(libraries.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /**
   * Returns the jars before one. What few commands need is last in the list: picocli looks for a
   * class that does not exist, and Java opens all jars for it.
   */
  private static String before(String first, String libraries) {
    return String.join(
        File.pathSeparator,
        Stream.of(libraries.split(File.pathSeparator))
            .takeWhile(jar -> !jar.contains(first))
            .toList());
  }

  private void write(String name, String about, List<String> options, String classPath)
      throws IOException {
    StringBuilder text = new StringBuilder(about).append('\n');
    for (String option : options) {
      text.append(option).append('\n');
    }
    // Java reads a backslash within quotes as the beginning of an escape.
    text.append("-cp\n\"").append(classPath.replace("\\", "\\\\")).append("\"\n");
    AtomicFile.writeOwned(
        launch.resolve(name + OPTIONS), out -> out.write(encode(text.toString())));
    written.add(name + OPTIONS);
  }

  /** In the encoding in which Java reads its options: that of the file names. */
  private static byte[] encode(String text) {
    String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
    return text.getBytes(Charset.forName(encoding));
  }

  /**
   * Removes what earlier builds left. A jar or a class archive stays for some days: a command may
   * just be starting from it. (A run keeps its own open, and needs its name no more.)
   */
  private void removeOld(String hash) throws IOException {
    try (Stream<Path> files = Files.list(launch)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        boolean isOptions = name.endsWith(OPTIONS) && !written.contains(name);
        boolean isOfOtherBuild = name.startsWith("charnn-") && !name.startsWith("charnn-" + hash);
        if (isOptions || isOfOtherBuild && isOld(file)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static boolean isOld(Path file) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(Instant.now().minus(KEPT));
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
