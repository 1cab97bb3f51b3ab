package charnn.cli.options;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Accepts any value after {@code =}. A separate argument that looks like an option is an option,
 * perhaps misspelt, and not a value. The parser keeps what is set here until the next option that
 * sets it: an option that may have no value, or several, must set it, too.
 */
public final class AttachedValue implements IParameterPreprocessor {
  @Override
  public boolean preprocess(
      Stack<String> args, CommandSpec command, ArgSpec option, Map<String, Object> info) {
    boolean apart = " ".equals(info.get("separator"));
    boolean several = option.arity().max() > 1; // What stands after the first may be an option.
    allowOptions(command, !apart && !several);
    if (apart && !several && !args.isEmpty() && isMisspeltOption(args.peek(), command)) {
      throw new ParameterException(
          command.commandLine(), "no value", option, args.peek()); // see ArgumentErrors
    }
    return false;
  }

  /** Sets whether an option's value may look like an option. */
  static void allowOptions(CommandSpec command, boolean allow) {
    command.parser().allowOptionsAsOptionParameters(allow);
  }

  private static boolean isMisspeltOption(String value, CommandSpec command) {
    return Arguments.looksLikeAnOption(value)
        && !command.optionsMap().containsKey(value.replaceFirst("=.*", ""));
  }
}
