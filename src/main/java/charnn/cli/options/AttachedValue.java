package charnn.cli.options;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Accepts any value after {@code =}. A separate argument that looks like an option is an option,
 * perhaps misspelt, and not a value.
 */
public final class AttachedValue implements IParameterPreprocessor {
  @Override
  public boolean preprocess(
      Stack<String> args, CommandSpec command, ArgSpec option, Map<String, Object> info) {
    boolean apart = " ".equals(info.get("separator"));
    command.parser().allowOptionsAsOptionParameters(!apart);
    if (apart && !args.isEmpty() && isMisspeltOption(args.peek(), command)) {
      throw new ParameterException(
          command.commandLine(), "no value", option, args.peek()); // see ArgumentErrors
    }
    return false;
  }

  private static boolean isMisspeltOption(String value, CommandSpec command) {
    return Arguments.looksLikeAnOption(value)
        && !command.optionsMap().containsKey(value.replaceFirst("=.*", ""));
  }
}
