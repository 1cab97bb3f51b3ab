package charnn.cli.options;

import static charnn.util.Formats.format;

import charnn.checkpoint.ModelFileException;
import charnn.data.Corpus;
import charnn.data.DecodingSettings;
import charnn.data.Direction;
import charnn.data.Vocabulary;
import charnn.engine.Engine;
import charnn.nn.Clamp;
import charnn.predict.Ensemble;
import charnn.predict.LanguageModel;
import charnn.predict.SingleModel;
import charnn.util.Formats;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Models that predict together, or one alone.
 *
 * @param models one or more
 * @param weights of their probabilities; they sum to 1
 * @param vocabulary of all of them
 */
public record Mixture(
    List<ModelOptions.Found> models, List<Double> weights, Vocabulary vocabulary) {
  /**
   * Returns the mixture of some models.
   *
   * @param weights as many, positive; only their ratios matter
   * @throws UsageException if the models do not all read in one direction, or only some of them
   *     know documents
   * @throws ModelFileException if they know too many characters together
   */
  public static Mixture of(List<ModelOptions.Found> models, List<Double> weights)
      throws ModelFileException {
    for (ModelOptions.Found found : models) {
      if (found.direction() != models.get(0).direction()) {
        throw new UsageException(
            format(
                "%s reads %s, and %s %s: they cannot predict together; give models of one direction",
                models.get(0).label(),
                models.get(0).direction().adverb(),
                found.label(),
                found.direction().adverb()));
      }
    }
    boolean documents = models.get(0).model().vocabulary().documentMark() >= 0;
    for (ModelOptions.Found found : models) {
      if (found.model().vocabulary().documentMark() >= 0 != documents) {
        throw new UsageException(
            format(
                "%s and %s cannot predict together: one was trained on documents, the other on one text",
                models.get(0).label(), found.label()));
      }
    }
    double sum = weights.stream().mapToDouble(weight -> weight).sum();
    return new Mixture(
        List.copyOf(models),
        weights.stream().map(weight -> weight / sum).toList(),
        vocabulary(models));
  }

  /** Returns a model alone. */
  public static Mixture of(ModelOptions.Found model) {
    return new Mixture(List.of(model), List.of(1.0), model.model().vocabulary());
  }

  private static Vocabulary vocabulary(List<ModelOptions.Found> models) throws ModelFileException {
    try {
      return models.stream()
          .map(found -> found.model().vocabulary())
          .reduce(Vocabulary::with)
          .orElseThrow();
    } catch (IllegalArgumentException e) {
      throw new ModelFileException(
          format(
              "the %d models know more than %,d characters together; take fewer of them",
              models.size(), Vocabulary.MAX_SIZE),
          e);
    }
  }

  /** Returns whether it is one model alone. */
  public boolean isOne() {
    return models.size() == 1;
  }

  /** Returns the direction in which all of them read. */
  public Direction direction() {
    return models.get(0).direction();
  }

  /** Returns the language model; the parameters are read once, now. */
  public LanguageModel languageModel(Engine engine) {
    return languageModel(engine, List.of());
  }

  /** As the other, with units of each model held at values. */
  public LanguageModel languageModel(Engine engine, List<Clamp> clamps) {
    List<SingleModel> single =
        models.stream().map(found -> new SingleModel(engine, found.model(), clamps)).toList();
    return isOne()
        ? single.get(0)
        : new Ensemble(single, weights.stream().mapToDouble(weight -> weight).toArray());
  }

  /**
   * Returns how the models' texts were read. If one of them was normalized, so is what the mixture
   * reads.
   */
  public DecodingSettings decoding() {
    List<DecodingSettings> all =
        models.stream().map(found -> found.model().provenance().decoding()).toList();
    return all.stream()
        .filter(decoding -> decoding.normalization() != null)
        .findFirst()
        .orElse(all.get(0));
  }

  /** Returns the model's name in messages, or the models' with their weights. */
  public String label() {
    return sum(ModelOptions.Found::label);
  }

  /**
   * Returns the SHA-256 of all that decides what the models compute, each for itself: the weights
   * are no part of it.
   */
  public byte[] sha256() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    models.forEach(found -> all.writeBytes(found.model().sha256()));
    return isOne() ? all.toByteArray() : HexFormat.of().parseHex(Corpus.sha256(all.toByteArray()));
  }

  /** Returns the label with the step of each model. */
  public String labelWithSteps() {
    return sum(found -> format("%s (step %,d)", found.label(), found.model().progress().step()));
  }

  private String sum(Function<ModelOptions.Found, String> name) {
    return isOne()
        ? name.apply(models.get(0))
        : IntStream.range(0, models.size())
            .mapToObj(i -> rounded(weights.get(i)) + " " + name.apply(models.get(i)))
            .collect(Collectors.joining(" + "));
  }

  private static String rounded(double weight) {
    return Formats.number(Double.parseDouble(format("%.3g", weight)));
  }
}
