package charnn.cli.options;

import static charnn.util.Formats.format;

import charnn.engine.registry.EngineType;
import charnn.nn.Clamp;
import charnn.util.InvalidSettingException;
import charnn.util.Setting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Units that are held at values. */
public final class ClampOptions {
  private static final Pattern CLAMP = Pattern.compile("([0-9]{1,6}):([0-9]{1,6})=(\\S+)");

  @Option(
      names = "--clamp",
      paramLabel = "LAYER:UNIT=VALUE",
      preprocessor = AttachedValue.class,
      description =
          "Hold what a unit remembers at a value: the cell state of an LSTM, mLSTM or phased LSTM,"
              + " else the hidden state; repeatable. charnn explore names cells.")
  private List<String> clamps = new ArrayList<>();

  /**
   * Checks how they are written.
   *
   * @param models how many there are
   * @throws UsageException if not
   */
  public void require(int models) {
    clamps.forEach(ClampOptions::parse);
    if (!clamps.isEmpty() && models > 1) {
      throw new UsageException("--clamp holds units of one model; give one --model");
    }
  }

  /**
   * Returns the units to hold of a model; none if no option is given.
   *
   * @throws InvalidSettingException if it lacks a unit, or the unit cannot have the value
   * @throws UsageException if a unit is given twice, or the engine cannot hold one
   */
  public List<Clamp> of(Mixture mixture, EngineType engine) {
    if (!clamps.isEmpty() && engine == EngineType.DL4J) {
      throw new UsageException(
          "--engine dl4j cannot hold a unit at a value; omit it, or use --engine scalar");
    }
    List<Clamp> parsed = new ArrayList<>();
    Set<List<Integer>> units = new HashSet<>();
    for (String text : clamps) {
      Clamp clamp = parse(text);
      if (!units.add(List.of(clamp.layer(), clamp.unit()))) {
        throw new UsageException(
            format(
                "--clamp holds unit %d:%d at two values; omit one",
                clamp.layer() + 1, clamp.unit() + 1));
      }
      try {
        clamp.require(mixture.models().get(0).model().network().architecture());
      } catch (IllegalArgumentException e) {
        throw new UsageException(format("--clamp %s: %s", text, e.getMessage()));
      }
      parsed.add(clamp);
    }
    return parsed;
  }

  private static Clamp parse(String text) {
    Matcher parts = CLAMP.matcher(text);
    try {
      if (parts.matches()) {
        float value = Float.parseFloat(parts.group(3));
        return new Clamp(
            Integer.parseInt(parts.group(1)) - 1, Integer.parseInt(parts.group(2)) - 1, value);
      }
    } catch (NumberFormatException e) {
      throw new InvalidSettingException(Setting.CLAMP, "LAYER:UNIT=VALUE, such as 1:217=2.5", text);
    }
    throw new InvalidSettingException(Setting.CLAMP, "LAYER:UNIT=VALUE, such as 1:217=2.5", text);
  }
}
