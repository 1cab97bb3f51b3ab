package charnn.cli;

import charnn.model.RunDirectory;
import charnn.report.Lines;
import charnn.report.PlainLines;
import charnn.report.TerminalLines;
import charnn.report.VisibleText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What the program is connected to.
 *
 * @param in standard input
 * @param out standard output, for the product only, in UTF-8
 * @param err standard error, for everything else, in UTF-8
 * @param inTerminal whether standard input is a terminal
 * @param outTerminal whether standard output is one
 * @param errTerminal whether standard error is one
 * @param columns of that terminal
 * @param home charnn's own folder, with corpora/ and models/
 */
public record Console(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean inTerminal,
    boolean outTerminal,
    boolean errTerminal,
    int columns,
    Path home) {
  /** Returns the file of the model that comes with charnn. */
  Path bundledModel() {
    return home.resolve("models").resolve(RunDirectory.BUNDLED + ".zip");
  }

  private static final int COLUMNS = 80;
  private static final String SPEAKER = "charnn: ";

  /**
   * Returns the process's own connections. What Java cannot know, the launcher tells in system
   * properties: {@code charnn.home}, and {@code charnn.terminals} with the numbers (0, 1, 2) of the
   * streams that are terminals, {@code charnn.columns} their width.
   */
  static Console ofProcess(InputStream in, OutputStream out, PrintStream err) {
    String guess = System.console() == null ? "" : "0 1 2";
    String terminals = System.getProperty("charnn.terminals", guess);
    return new Console(
        in,
        new PrintStream(out, false, StandardCharsets.UTF_8),
        new PrintStream(new UnblockedStream(realError(err)), true, StandardCharsets.UTF_8),
        terminals.contains("0"),
        terminals.contains("1"),
        terminals.contains("2"),
        Integer.getInteger("charnn.columns", COLUMNS),
        Path.of(System.getProperty("charnn.home", "")));
  }

  /**
   * Returns the user's standard error. The launcher filters what the JVM itself says there, and
   * gives the number of the unfiltered descriptor in {@code charnn.stderr}. It is taken over as it
   * is: opened anew by its name, a file would have a second place to write at.
   */
  private static OutputStream realError(PrintStream filtered) {
    Integer unfiltered = Integer.getInteger("charnn.stderr");
    if (unfiltered == null) {
      return filtered;
    }
    try {
      Constructor<FileDescriptor> constructor =
          FileDescriptor.class.getDeclaredConstructor(int.class);
      constructor.setAccessible(true); // The launcher opens its package.
      return new FileOutputStream(constructor.newInstance(unfiltered));
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      return filtered; // Whole lines pass the filter, too.
    }
  }

  /** Returns where to show progress. */
  Lines lines() {
    return errTerminal ? new TerminalLines(err, columns) : new PlainLines(err);
  }

  /** Returns the columns of a line of {@link #say} that are left for its text. */
  int textColumns() {
    return columns - SPEAKER.length();
  }

  /** Says something on standard error. */
  void say(String line) {
    err.println(SPEAKER + VisibleText.oneLine(line));
    err.flush();
  }
}
