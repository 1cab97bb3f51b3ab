package charnn.cli;

import charnn.model.ModelFileException;
import charnn.text.CorpusException;
import charnn.train.TrainingException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Tells what went wrong, in a line or two.
 *
 * <p>Not lambdas: the JVM's class archive cannot hold one of an interface as old as picocli's, and
 * the start would wait for picocli's jar.
 */
record Failures(Console console) implements IParameterExceptionHandler, IExecutionExceptionHandler {
  @Override
  public int handleParseException(ParameterException e, String[] args) {
    String suggestion = "";
    if (e instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      suggestion = "; did you mean " + unmatched.getSuggestions().get(0) + "?";
    }
    console.say(e.getMessage() + suggestion);
    console
        .err()
        .println("See: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE.code();
  }

  @Override
  public int handleExecutionException(
      Exception e, CommandLine command, CommandLine.ParseResult result) {
    console.say(message(e));
    if (result.originalArgs().contains("--verbose")) {
      e.printStackTrace(console.err());
    }
    return ExitCode.FAILED.code();
  }

  private static String message(Exception e) {
    if (e instanceof CorpusException
        || e instanceof ModelFileException
        || e instanceof TrainingException) {
      return e.getMessage();
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
      String reason = file.getReason() == null ? e.getClass().getSimpleName() : file.getReason();
      return file.getFile() + ": " + reason;
    }
    if (e instanceof IOException) {
      return e.getMessage();
    }
    return "an internal error: " + e + "; please report it with what --verbose prints";
  }
}
