package charnn.cli;

import charnn.model.ModelFileException;
import charnn.text.CorpusException;
import charnn.text.Messages;
import charnn.train.TrainingException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
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
    console.say(
        e.getMessage()
                .replaceFirst("is not an? (int|long)$", "is not a whole number")
                .replaceFirst("is not a double$", "is not a number")
            + guess(e));
    console
        .err()
        .println("See: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE.code();
  }

  /**
   * Asks whether the command or option was meant whose name is nearly what was written, or tells
   * how a text is given.
   */
  private static String guess(ParameterException e) {
    boolean isUnmatched = e instanceof UnmatchedArgumentException;
    String value =
        isUnmatched
            ? ((UnmatchedArgumentException) e).getUnmatched().get(0)
            : String.valueOf(e.getValue());
    String written = value.replaceFirst("=.*", "");
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    boolean isOption = written.startsWith("--") && written.indexOf(' ') < 0;
    if (!isUnmatched && !isOption) {
      return "";
    }
    if (spec.optionsMap().containsKey(written)) {
      return "; options stand before --, a text behind it";
    }
    if (!spec.positionalParameters().isEmpty() && !isOption) {
      return "; a text stands in quotes, and behind -- if it begins with -";
    }
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return Stream.concat(spec.subcommands().keySet().stream(), spec.optionsMap().keySet().stream())
        .filter(name -> name.length() > 2)
        .filter(name -> distance.apply(written, name) <= Math.min(2, (written.length() + 1) / 3))
        .min(Comparator.comparing(name -> distance.apply(written, name)))
        .map(name -> "; did you mean " + name + "?")
        .orElse("");
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
      return file.getFile() + ": " + Messages.reason(file);
    }
    if (e instanceof IOException io) {
      return Messages.reason(io);
    }
    return "an internal error: " + e + "; please report it with what --verbose prints";
  }
}
