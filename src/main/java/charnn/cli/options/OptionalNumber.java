package charnn.cli.options;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Of an option that may have a whole number as its value: a separate argument is that only if it is
 * one, and else the next option or a text.
 */
public final class OptionalNumber implements IParameterPreprocessor {
  @Override
  public boolean preprocess(
      Stack<String> args, CommandSpec command, ArgSpec option, Map<String, Object> info) {
    boolean apart = " ".equals(info.get("separator"));
    AttachedValue.allowOptions(command, !apart);
    if (apart && (args.isEmpty() || !args.peek().matches("\\d+"))) {
      args.push(((OptionSpec) option).fallbackValue());
    }
    return false;
  }
}
