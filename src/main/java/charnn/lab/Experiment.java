package charnn.lab;

import java.io.IOException;
import java.util.List;

/** An experiment, which {@code charnn lab NAME} runs. The same seed gives the same table. */
public interface Experiment {
  /** Returns the name on the command line, in small letters. */
  String name();

  /** Returns the question that it answers, in one sentence. */
  String question();

  /** Returns the options that it has besides those of all experiments. */
  default List<LabOption<?>> options() {
    return List.of();
  }

  /**
   * Runs it.
   *
   * @param lab has its options, and takes its tables and figures
   * @throws charnn.util.InvalidSettingException if the options contradict each other
   */
  void run(Lab lab) throws IOException;
}
