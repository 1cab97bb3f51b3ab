package charnn.cli.console;

import charnn.report.Colours;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.jline.utils.InfoCmp;
import org.jline.utils.InfoCmp.Capability;

/** Finds out the colours of a terminal. */
final class TerminalColours {
  private static final int PALETTE = 256;
  private static final int SIXTEEN = 8; // their bright forms are not counted

  private TerminalColours() {}

  /**
   * Returns the colours of a terminal that obeys escape sequences.
   *
   * @param environment returns the value of an environment variable, or null
   * @param count returns the number of colours of a terminal's type, 0 if it has none
   */
  static Colours of(UnaryOperator<String> environment, ToIntFunction<String> count) {
    String unwanted = environment.apply("NO_COLOR"); // see no-color.org
    if (unwanted != null && !unwanted.isEmpty()) {
      return Colours.NONE;
    }
    String colours = environment.apply("COLORTERM");
    if ("truecolor".equals(colours) || "24bit".equals(colours)) {
      return Colours.TRUE;
    }
    String type = environment.apply("TERM");
    int colourCount = type == null ? PALETTE : count.applyAsInt(type); // Windows has no types.
    if (colourCount > PALETTE) {
      return Colours.TRUE;
    }
    return colourCount == PALETTE
        ? Colours.PALETTE
        : colourCount >= SIXTEEN ? Colours.SIXTEEN : Colours.NONE;
  }

  /** Returns the number of colours of a terminal's type, as the system describes it. */
  static int count(String type) {
    Map<Capability, Integer> numbers = new EnumMap<>(Capability.class);
    try {
      InfoCmp.parseInfoCmp(InfoCmp.getInfoCmp(type), new HashSet<>(), numbers, new HashMap<>());
    } catch (IOException e) {
      return byName(type);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return byName(type);
    }
    return numbers.isEmpty() ? byName(type) : numbers.getOrDefault(Capability.max_colors, 0);
  }

  /** For a system without descriptions, or a type that it does not know. */
  private static int byName(String type) {
    return type.contains("256color") ? PALETTE : SIXTEEN;
  }
}
