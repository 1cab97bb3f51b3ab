package charnn.cli.console;

import charnn.checkpoint.RunDirectory;
import charnn.report.PlainDisplay;
import charnn.report.ProgressDisplay;
import charnn.report.TerminalDisplay;
import charnn.report.VisibleStream;
import charnn.report.VisibleText;
import java.io.File;
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
 * What the program is connected to. Whatever is written to a terminal is shown there, not obeyed; a
 * file or a pipe gets the bytes as they are.
 */
public final class Console {
  private static final int COLUMNS = 80;
  private static final String SPEAKER = "charnn: ";

  private final InputStream in;
  private final PrintStream rawOut;
  private final PrintStream rawErr;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean inTerminal;
  private final boolean outTerminal;
  private final boolean errTerminal;
  private final boolean obeysEscapes;
  private final int columns;
  private final Path home;

  /**
   * @param in standard input
   * @param out standard output, for the product only, in UTF-8
   * @param err standard error, for everything else, in UTF-8
   * @param inTerminal whether standard input is a terminal
   * @param outTerminal whether standard output is one
   * @param errTerminal whether standard error is one
   * @param columns of that terminal
   * @param home charnn's own folder, with corpora/ and models/
   */
  public Console(
      InputStream in,
      PrintStream out,
      PrintStream err,
      boolean inTerminal,
      boolean outTerminal,
      boolean errTerminal,
      int columns,
      Path home) {
    this(in, out, err, inTerminal, outTerminal, errTerminal, true, columns, home);
  }

  /**
   * @param obeysEscapes whether the terminals know escape sequences
   */
  Console(
      InputStream in,
      PrintStream out,
      PrintStream err,
      boolean inTerminal,
      boolean outTerminal,
      boolean errTerminal,
      boolean obeysEscapes,
      int columns,
      Path home) {
    this.in = in;
    this.rawOut = out;
    this.rawErr = err;
    this.out = outTerminal ? visible(out) : out;
    this.err = errTerminal ? visible(err) : err;
    this.inTerminal = inTerminal;
    this.outTerminal = outTerminal;
    this.errTerminal = errTerminal;
    this.obeysEscapes = obeysEscapes;
    this.columns = columns;
    this.home = home;
  }

  private static PrintStream visible(PrintStream terminal) {
    return new PrintStream(new VisibleStream(terminal), true, StandardCharsets.UTF_8);
  }

  public InputStream in() {
    return in;
  }

  /** Returns standard output, for any text. */
  public PrintStream out() {
    return out;
  }

  /** Returns standard error, for any text. */
  public PrintStream err() {
    return err;
  }

  /** Returns standard output for charnn's own words, which a terminal may be told to colour. */
  public PrintStream helpOut() {
    return rawOut;
  }

  public boolean inTerminal() {
    return inTerminal;
  }

  public boolean outTerminal() {
    return outTerminal;
  }

  /** Tells whether standard output is a terminal that shows colours. */
  public boolean outColours() {
    return outTerminal && obeysEscapes;
  }

  boolean errTerminal() {
    return errTerminal;
  }

  /** Returns the columns of the terminal at standard error, as they were at the start. */
  public int columns() {
    return columns;
  }

  public Path home() {
    return home;
  }

  /** Returns the file of the model that comes with charnn. */
  public Path bundledModel() {
    return home.resolve("models").resolve(RunDirectory.BUNDLED + ".zip");
  }

  /**
   * Returns the process's own connections. What Java cannot know, the launcher tells in system
   * properties: {@code charnn.home}, and {@code charnn.terminals} with the numbers (0, 1, 2) of the
   * streams that are terminals, {@code charnn.columns} their width.
   */
  public static Console ofProcess(InputStream in, OutputStream out, PrintStream err) {
    String guess = System.console() == null ? "" : "0 1 2";
    String terminals = System.getProperty("charnn.terminals", guess);
    return new Console(
        in,
        new PrintStream(out, false, StandardCharsets.UTF_8),
        new PrintStream(new NonBlockingStream(realError(err)), true, StandardCharsets.UTF_8),
        terminals.contains("0"),
        terminals.contains("1"),
        terminals.contains("2"),
        obeysEscapes(System.getenv("TERM")),
        Integer.getInteger("charnn.columns", COLUMNS),
        Path.of(System.getProperty("charnn.home", "")));
  }

  /** Tells what a terminal of this type knows: on Windows there are no types. */
  private static boolean obeysEscapes(String type) {
    return File.separatorChar == '\\' || type != null && !type.isEmpty() && !type.equals("dumb");
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
  public ProgressDisplay lines() {
    return errTerminal && obeysEscapes
        ? new TerminalDisplay(rawErr, new TerminalWidth(columns))
        : new PlainDisplay(err);
  }

  /** Returns the columns of a line of {@link #say} that are left for its text. */
  public int textColumns() {
    return columns - SPEAKER.length();
  }

  /** Says something on standard error. */
  public void say(String line) {
    err.println(SPEAKER + VisibleText.oneLine(line));
    err.flush();
  }
}
