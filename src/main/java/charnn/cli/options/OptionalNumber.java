package charnn.cli.options;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Of an option that may have a whole number as its value: a separate argument is that only if it is
 * some number, or if it is no option and the command takes no text; and else the next option or a
 * text.
 */
public final class OptionalNumber implements IParameterPreprocessor {
  @Override
  public boolean preprocess(
      Stack<String> args, CommandSpec command, ArgSpec option, Map<String, Object> info) {
    boolean apart = " ".equals(info.get("separator"));
    AttachedValue.allowOptions(command, !apart);
    if (apart && (args.isEmpty() || !isValue(args.peek(), command))) {
      args.push(((OptionSpec) option).fallbackValue());
    }
    return false;
  }

  private static boolean isValue(String argument, CommandSpec command) {
    return argument.matches("[-+]?[0-9.,]*[0-9][0-9.,]*")
        || (command.positionalParameters().isEmpty() && !argument.startsWith("-"));
  }
}
