package charnn.cli.console;

import charnn.checkpoint.RunDirectory;
import charnn.data.Corpus;
import charnn.report.Colours;
import charnn.report.LineWrap;
import charnn.report.LossCurve;
import charnn.report.Picture;
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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Standard streams and terminal of the process. A terminal shows control characters and does not
 * obey them. A file or a pipe gets the bytes as they are.
 */
public final class Console {
  private static final int COLUMNS = 80;
  private static final String PREFIX = "charnn: ";

  private final InputStream in;
  private final PrintStream rawOut;
  private final PrintStream rawErr;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean inTerminal;
  private final boolean outTerminal;
  private final boolean errTerminal;
  private final boolean obeysEscapes;
  private final Supplier<Colours> colours;
  private final int columns;
  private final Path home;
  private final UnaryOperator<String> environment;
  private final List<Corpus> open = new ArrayList<>();

  /**
   * @param in standard input
   * @param out standard output, for results only, in UTF-8
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
    this(
        in,
        out,
        err,
        inTerminal,
        outTerminal,
        errTerminal,
        true,
        () -> Colours.SIXTEEN,
        columns,
        home,
        name -> null);
  }

  /**
   * @param obeysEscapes whether the terminals obey escape sequences
   * @param colours that they show, asked for only where they are needed
   * @param environment returns a variable; null if it is not set
   */
  Console(
      InputStream in,
      PrintStream out,
      PrintStream err,
      boolean inTerminal,
      boolean outTerminal,
      boolean errTerminal,
      boolean obeysEscapes,
      Supplier<Colours> colours,
      int columns,
      Path home,
      UnaryOperator<String> environment) {
    this.in = in;
    this.rawOut = out;
    this.rawErr = err;
    this.out = outTerminal ? visible(out) : out;
    this.err = errTerminal ? visible(err) : err;
    this.inTerminal = inTerminal;
    this.outTerminal = outTerminal;
    this.errTerminal = errTerminal;
    this.obeysEscapes = obeysEscapes;
    this.colours = colours;
    this.columns = columns;
    this.home = home;
    this.environment = environment;
  }

  /** Returns a console without a terminal, for tests with an environment. */
  public static Console withEnvironment(
      InputStream in,
      PrintStream out,
      PrintStream err,
      Path home,
      UnaryOperator<String> environment) {
    return new Console(
        in, out, err, false, false, false, false, () -> Colours.NONE, COLUMNS, home, environment);
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

  /** Returns unfiltered standard output, for charnn's own texts with colours. */
  public PrintStream rawOut() {
    return rawOut;
  }

  public boolean inTerminal() {
    return inTerminal;
  }

  public boolean outTerminal() {
    return outTerminal;
  }

  /** Returns whether standard output is a terminal that shows colours. */
  public boolean outColours() {
    return outTerminal && obeysEscapes;
  }

  /** Returns the colours that standard output shows and the user wants. */
  public Colours colours() {
    return outColours() ? colours.get() : Colours.NONE;
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

  /** Returns an environment variable; null if it is not set. */
  public String environment(String name) {
    return environment.apply(name);
  }

  /** Keeps a corpus open until the command ends. */
  public void keepOpen(Corpus corpus) {
    open.add(corpus);
  }

  /** Closes what was kept open. */
  public void close() {
    open.forEach(Corpus::close);
    open.clear();
  }

  /** Returns the file of the model that comes with charnn. */
  public Path bundledModel() {
    return home.resolve("models").resolve(RunDirectory.BUNDLED + ".zip");
  }

  /**
   * Returns the console of this process. The launcher sets system properties that Java cannot find
   * out: {@code charnn.home}, {@code charnn.terminals} (the numbers 0, 1, 2 of the streams that are
   * terminals), {@code charnn.columns} and {@code charnn.rows} (their size), and {@code
   * charnn.ascii} (whether the user's locale is not in UTF-8).
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
        () -> TerminalColours.of(System::getenv, TerminalColours::count),
        Integer.getInteger("charnn.columns", COLUMNS),
        Path.of(System.getProperty("charnn.home", "")),
        System::getenv);
  }

  /** Returns whether a terminal of this type obeys escape sequences. Windows has no types. */
  private static boolean obeysEscapes(String type) {
    return File.separatorChar == '\\' || type != null && !type.isEmpty() && !type.equals("dumb");
  }

  /**
   * Returns the user's standard error. The launcher filters the JVM's own messages, and passes the
   * number of the unfiltered descriptor in {@code charnn.stderr}. The descriptor is used as it is:
   * a file opened again by name would have a second write position.
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

  /** Returns the display of progress on standard error. */
  public ProgressDisplay progressDisplay() {
    return progressDisplay((width, height) -> List.of());
  }

  /**
   * Returns the display of progress on standard error.
   *
   * @param picture shown above the status, where that is a terminal that obeys escape sequences
   */
  public ProgressDisplay progressDisplay(Picture picture) {
    if (!errTerminal || !obeysEscapes) {
      return new PlainDisplay(err);
    }
    TerminalWidth width = new TerminalWidth(columns, Integer.getInteger("charnn.rows", 0));
    return new TerminalDisplay(rawErr, width, width::rows, picture);
  }

  /** Returns how curves are drawn on standard output. */
  public LossCurve.Style outCurve() {
    return new LossCurve.Style(isAscii(), colours() != Colours.NONE);
  }

  /** Returns how curves are drawn on standard error. */
  public LossCurve.Style errCurve() {
    boolean coloured = errTerminal && obeysEscapes && colours.get() != Colours.NONE;
    return new LossCurve.Style(isAscii(), coloured);
  }

  /** Returns whether the user's locale has ASCII only. The launcher sets another, for Java. */
  private static boolean isAscii() {
    return Boolean.getBoolean("charnn.ascii");
  }

  /** Returns the columns of a line of {@link #log} that are left for its text. */
  public int textColumns() {
    return columns - PREFIX.length();
  }

  /** Logs a line to standard error; on a terminal, broken between words. */
  public void log(String line) {
    String whole = PREFIX + VisibleText.oneLine(line);
    err.println(errTerminal ? LineWrap.wrap(whole, columns) : whole);
    err.flush();
  }

  /** Ends the line in which a terminal shows ^C, or a status, at an interrupt. */
  public void endLine() {
    if (errTerminal) {
      err.println();
      err.flush();
    }
  }
}
