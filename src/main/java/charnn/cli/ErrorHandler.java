package charnn.cli;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.options.OptionNames;
import charnn.cli.options.UsageException;
import charnn.util.Formats;
import charnn.util.InvalidSettingException;
import charnn.util.NamesSettings;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/**
 * Prints an error in one or two lines, and returns its exit code.
 *
 * <p>Not a lambda: the JVM's class archive cannot hold a lambda of picocli's old class files, and
 * the start would wait for picocli's jar.
 *
 * @param args all arguments, as the user gave them
 */
record ErrorHandler(Console console, List<String> args)
    implements IParameterExceptionHandler, IExecutionExceptionHandler {
  @Override
  public int handleParseException(ParameterException e, String[] marked) {
    return misuse(new ArgumentErrors(console, args).message(e), e.getCommandLine());
  }

  private int misuse(String message, CommandLine command) {
    console.log(message);
    console.err().println("See: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE.code();
  }

  @Override
  public int handleExecutionException(
      Exception e, CommandLine command, CommandLine.ParseResult result) {
    int code = ExitCode.FAILED.code();
    if (e instanceof InvalidSettingException || e instanceof UsageException) {
      code = misuse(message(e), command);
    } else {
      console.log(message(e));
    }
    if (result.originalArgs().contains("--verbose")) {
      e.printStackTrace(console.err());
    }
    return code;
  }

  private static String message(Exception e) {
    if (OutOfMemory.isCauseOf(e)) {
      return OutOfMemory.MESSAGE;
    }
    if (e instanceof NamesSettings error) {
      return OptionNames.in(error.sentence());
    }
    if (e instanceof AccessDeniedException denied) {
      return "no permission for "
          + denied.getFile()
          + "; change its permissions or choose another folder";
    }
    if (e instanceof FileAlreadyExistsException file) {
      return file.getFile() + " is there already, and is no folder; choose another name";
    }
    if (e instanceof NoSuchFileException file) {
      return file.getFile() + " does not exist and cannot be made";
    }
    if (e instanceof FileSystemException file) {
      return file.getFile() + ": " + Formats.reason(file);
    }
    if (e instanceof IOException io) {
      return Formats.reason(io);
    }
    if (e instanceof UsageException) {
      return e.getMessage();
    }
    return "internal error in charnn: " + e + "; please report it, with what --verbose prints";
  }
}
