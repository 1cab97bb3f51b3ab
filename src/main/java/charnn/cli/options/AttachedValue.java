package charnn.cli.options;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Takes what follows {@code =} as an option's value, whatever it looks like; but what stands apart
 * and looks like an option is one, perhaps misspelt.
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
