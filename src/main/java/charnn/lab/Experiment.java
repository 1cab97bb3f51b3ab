package charnn.lab;

import java.io.IOException;
import java.util.List;

/** An experiment, which {@code charnn lab NAME} runs. The same seed gives the same table. */
public abstract class Experiment {
  private final String name;
  private final String question;
  private final List<LabOption<?>> options;

  /**
   * @param name on the command line, in small letters
   * @param question that it answers, in one sentence
   * @param options that it has besides those of all experiments
   */
  protected Experiment(String name, String question, List<LabOption<?>> options) {
    this.name = name;
    this.question = question;
    this.options = List.copyOf(options);
  }

  public final String name() {
    return name;
  }

  public final String question() {
    return question;
  }

  public final List<LabOption<?>> options() {
    return options;
  }

  /**
   * Runs it.
   *
   * @param lab has its options, and takes its tables and figures
   * @throws charnn.util.InvalidSettingException if the options contradict each other
   */
  public abstract void run(Lab lab) throws IOException;
}
