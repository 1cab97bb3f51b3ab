package charnn.cli.console;

import java.util.LinkedHashMap;
import java.util.Map;

/** Exit codes, with their meanings for the help text. */
public enum ExitCode {
  DONE(0, "done"),
  FAILED(1, "failed; the message names the reason and the next step"),
  USAGE(2, "wrong usage: an option or a value is invalid"),
  INTERRUPTED(
      130, "interrupted; train saves its run first (unless a second Ctrl-C ends it at once)");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  public static Map<String, String> list() {
    Map<String, String> list = new LinkedHashMap<>();
    for (ExitCode exit : values()) {
      list.put(String.valueOf(exit.code), exit.meaning);
    }
    return list;
  }
}
