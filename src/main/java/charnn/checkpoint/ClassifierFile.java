package charnn.checkpoint;

import charnn.data.TextUnit;
import charnn.util.AtomicFile;
import charnn.util.Sentence;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.Strictness;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.zip.ZipOutputStream;

/**
 * The file of a text classifier: a DL4J model zip with charnn's own entry beside DL4J's.
 *
 * <ul>
 *   <li>{@code configuration.json}: for DL4J; never read here
 *   <li>{@code coefficients.bin}: the parameters, in DL4J's order
 *   <li>{@code classifier.json}: what the network's inputs and outputs stand for
 * </ul>
 *
 * A file is untrusted, as a {@link ModelFile} is: the network is made anew, and its parameters must
 * be as many as it has.
 *
 * @param parameters in DL4J's order
 */
public record ClassifierFile(Description description, float[] parameters) {
  private static final int FORMAT = 1;
  private static final String CONFIGURATION = "configuration.json";
  private static final String COEFFICIENTS = "coefficients.bin";
  private static final String DESCRIPTION = "classifier.json";

  private static final Gson GSON =
      new GsonBuilder()
          .registerTypeAdapterFactory(new JsonTypes())
          .setStrictness(Strictness.STRICT)
          .setPrettyPrinting()
          .create();

  /**
   * What a classifier's inputs and outputs stand for.
   *
   * @param unit what passages are made of
   * @param length units of a passage, at most
   * @param vocabulary the units that it knows; unit i has the index i + 1, all others 0
   * @param classes their names, in the order of the outputs
   */
  public record Description(
      int format, TextUnit unit, int length, List<String> vocabulary, List<String> classes) {
    public static final int MAX_VOCABULARY = 50_000;
    public static final int MAX_CLASSES = 50;
    public static final int MAX_LENGTH = 1000;

    /** What is printed must not steer a terminal. */
    private static final Predicate<String> NAME =
        Pattern.compile("[^\\p{Cntrl}]{1,100}").asMatchPredicate();

    /**
     * @throws IllegalArgumentException if something is missing or out of its range
     */
    public Description {
      require(format == FORMAT, "its format must be " + FORMAT + ", got " + format);
      require(unit != null, "unit must be words or characters");
      require(length >= 1 && length <= MAX_LENGTH, "length must be 1 to " + MAX_LENGTH);
      vocabulary = different(vocabulary, 1, MAX_VOCABULARY, "vocabulary");
      classes = different(classes, 2, MAX_CLASSES, "classes");
      require(
          classes.stream().allMatch(NAME), "a class's name must be 1 to 100 printable characters");
    }

    public Description(TextUnit unit, int length, List<String> vocabulary, List<String> classes) {
      this(FORMAT, unit, length, vocabulary, classes);
    }

    private static List<String> different(List<String> names, int least, int most, String field) {
      require(
          names != null
              && names.size() >= least
              && names.size() <= most
              && names.stream().allMatch(Objects::nonNull)
              && new HashSet<>(names).size() == names.size(),
          field + " must be " + least + " to " + most + " different texts");
      return List.copyOf(names);
    }

    private static void require(boolean valid, String rule) {
      if (!valid) {
        throw new IllegalArgumentException(rule);
      }
    }
  }

  /**
   * Writes it, replacing the file as a whole or not at all.
   *
   * @param configuration as DL4J writes it
   */
  public void write(Path file, String configuration) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out);
          ModelZip.putJson(zip, CONFIGURATION, configuration);
          ModelZip.put(zip, COEFFICIENTS, data -> Nd4jArray.write(data, parameters));
          ModelZip.putJson(zip, DESCRIPTION, GSON.toJson(description));
          zip.finish();
        });
  }

  /**
   * Reads a classifier.
   *
   * @param parameterCount parameters of the network of a description
   * @throws ModelFileException if the file is missing or breaks a rule of the format
   */
  public static ClassifierFile read(Path file, ToIntFunction<Description> parameterCount)
      throws ModelFileException {
    return ModelZip.read(
        file,
        Sentence.of("a classifier is trained on texts and classifies them"),
        zip -> {
          zip.requireEntries(
              "classifier of lab classify",
              Set.of(CONFIGURATION, COEFFICIENTS, DESCRIPTION),
              DESCRIPTION);
          Description description = describe(zip);
          int count = parameterCount.applyAsInt(description);
          zip.requireSize(COEFFICIENTS, Nd4jArray.byteSize(count));
          float[] read = new float[count];
          zip.readEntry(COEFFICIENTS, in -> Nd4jArray.read(in, read));
          return new ClassifierFile(description, read);
        });
  }

  private static Description describe(ModelZip zip) throws ModelFileException {
    Description description;
    try {
      description = GSON.fromJson(zip.json(DESCRIPTION), Description.class);
    } catch (RuntimeException e) {
      throw zip.broken(DESCRIPTION, e);
    }
    if (description == null) {
      throw zip.broken(DESCRIPTION, "there is nothing in it");
    }
    return description;
  }
}
