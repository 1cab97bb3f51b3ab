package charnn.cli.options;

import static charnn.util.Formats.format;

import charnn.checkpoint.ModelFileException;
import charnn.data.DecodingSettings;
import charnn.data.Direction;
import charnn.engine.Engine;
import charnn.predict.BothSides;
import charnn.predict.SingleModel;
import charnn.predict.WithoutTokens;

/**
 * A model that reads forwards and one that reads backwards, of the same characters.
 *
 * @param forward predicts a character from those before it
 * @param backward predicts a character from those after it
 */
public record Pair(ModelOptions.Found forward, ModelOptions.Found backward) {
  /** How to get one. */
  static final String ADVICE =
      "train a pair with charnn train --direction both, or name the second model with --backward";

  /**
   * Returns a pair.
   *
   * @throws ModelFileException if they read in other directions, or know different characters, or
   *     the second is not trained at all
   */
  public static Pair of(ModelOptions.Found forward, ModelOptions.Found backward)
      throws ModelFileException {
    require(forward, Direction.FORWARD, "--model");
    require(backward, Direction.BACKWARD, "--backward");
    if (backward.model().progress().step() == 0) {
      throw new ModelFileException(
          format(
              "the backward model %s has not been trained yet: that begins when the forward model is finished; wait, or resume the run",
              backward.label()));
    }
    if (!forward.model().vocabulary().equals(backward.model().vocabulary())) {
      throw new UsageException(
          format(
              "%s and %s know different characters, and a pair is of one text; %s",
              forward.label(), backward.label(), ADVICE));
    }
    return new Pair(forward, backward);
  }

  private static void require(ModelOptions.Found found, Direction direction, String option) {
    if (found.direction() != direction) {
      throw new UsageException(
          format(
              "%s reads %s, and %s needs a model that reads %s; %s",
              found.label(), found.direction().adverb(), option, direction.adverb(), ADVICE));
    }
  }

  /**
   * Returns the language models, which predict characters alone; the parameters are read once, now.
   */
  public BothSides languageModels(Engine engine) {
    return new BothSides(
        WithoutTokens.special(new SingleModel(engine, forward.model())),
        WithoutTokens.special(new SingleModel(engine, backward.model())));
  }

  /** Returns how the forward model's text was read. */
  public DecodingSettings decoding() {
    return forward.model().provenance().decoding();
  }

  /** Returns both models' names in messages. */
  public String label() {
    return forward.label() + " and " + backward.label();
  }

  /** Returns the label with the step of each model. */
  public String labelWithSteps() {
    return format(
        "%s (step %,d) and %s (step %,d)",
        forward.label(),
        forward.model().progress().step(),
        backward.label(),
        backward.model().progress().step());
  }
}
