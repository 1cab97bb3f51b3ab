package charnn.cli.options;

import charnn.util.InvalidSettingException;
import charnn.util.Setting;
import java.util.Arrays;
import java.util.List;

/** Numbers in one argument, with commas between them. */
final class Numbers {
  private Numbers() {}

  /**
   * @throws InvalidSettingException if one is no number, or out of the setting's range
   */
  static List<Double> parse(Setting setting, String argument) {
    if (argument.contains(",") && Arrays.asList(argument.split(",", -1)).contains("")) {
      throw new InvalidSettingException(
          setting, "numbers with a comma between them", "'" + argument + "', a comma too many");
    }
    return Arrays.stream(argument.split(",", -1)).map(number -> number(setting, number)).toList();
  }

  private static double number(Setting setting, String argument) {
    double number;
    try {
      number = Double.parseDouble(argument);
    } catch (NumberFormatException e) {
      throw new InvalidSettingException(
          setting, "a number, " + setting.range(), "'" + argument + "'");
    }
    setting.require(number);
    return number;
  }
}
