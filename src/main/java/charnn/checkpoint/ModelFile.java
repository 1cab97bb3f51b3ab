package charnn.checkpoint;

import static charnn.util.Formats.format;

import charnn.data.Direction;
import charnn.data.Vocabulary;
import charnn.model.Hyperparameters;
import charnn.model.Model;
import charnn.model.Progress;
import charnn.model.Provenance;
import charnn.model.TrainingState;
import charnn.nn.CellType;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.nn.RecurrentState;
import charnn.util.AtomicFile;
import charnn.util.JsonName;
import charnn.util.Sentence;
import charnn.util.Setting;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonDeserializationContext;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.Strictness;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipOutputStream;

/**
 * The model file: a DL4J model zip with charnn's own entries beside DL4J's.
 *
 * <ul>
 *   <li>{@code configuration.json}, {@code coefficients.bin}, {@code updaterState.bin}: what DL4J
 *       reads; without the first where DL4J has no layer of the cell
 *   <li>{@code charnn.json}: vocabulary, architecture, hyperparameters, progress, provenance
 *   <li>{@code state.bin}: the carried state, for each layer its state vectors [B x H], h first,
 *       big-endian floats
 * </ul>
 *
 * The optimizer's and the carried state are in the file only where training may resume from it. A
 * file is untrusted: the reader takes just these entries, derives every size from the checked
 * architecture before it allocates, and never deserializes Java objects.
 */
public final class ModelFile {
  private static final int FORMAT = 3;

  /**
   * Of a model that an earlier charnn would misread, or call damaged: one that reads backwards, or
   * has a cell without a layer in DL4J.
   */
  private static final int CELLS_FORMAT = 4;

  /** Of a model of documents, in which an earlier charnn would not reset the state. */
  private static final int NEWEST_FORMAT = 5;

  private static final String CONFIGURATION = "configuration.json";
  private static final String COEFFICIENTS = "coefficients.bin";
  private static final String UPDATER_STATE = "updaterState.bin";
  private static final String DESCRIPTION = "charnn.json";
  private static final String STATE = "state.bin";
  private static final Set<String> ENTRIES =
      Set.of(CONFIGURATION, COEFFICIENTS, UPDATER_STATE, DESCRIPTION, STATE);

  private static final Gson GSON =
      new GsonBuilder()
          .setFieldNamingStrategy(JsonName.NAMING)
          .registerTypeAdapter(CellType.class, (JsonDeserializer<CellType>) ModelFile::cell)
          .registerTypeAdapter(Direction.class, new JsonDirection())
          .registerTypeAdapterFactory(new JsonTypes())
          .setStrictness(Strictness.STRICT)
          .serializeNulls()
          .setPrettyPrinting()
          .create();

  private ModelFile() {}

  /** Gson itself would take a cell that it does not know for none. */
  private static CellType cell(JsonElement json, Type type, JsonDeserializationContext context) {
    return CellType.of(json.getAsString());
  }

  /** What charnn.json of any format holds. */
  private record AnyDescription(int format) {}

  /** What charnn.json holds. */
  private record Description(
      int format,
      @JsonName("alphabet") int[] vocabulary,
      NetworkSpec architecture,
      @JsonName("recipe") Hyperparameters hyperparameters,
      Progress progress,
      Provenance provenance) {}

  /**
   * A model with, if the file has it, what training needs to resume.
   *
   * @param training empty in a file for sampling only
   */
  public record Checkpoint(Model model, Optional<TrainingState> training) {}

  /**
   * Writes a model, replacing the file as a whole or not at all.
   *
   * @param training null for a file that is only to sample from
   */
  public static void write(Path file, Model model, TrainingState training) throws IOException {
    AtomicFile.write(file, out -> write(out, model, training));
  }

  /** As {@link #write}, in a run's folder: see {@link AtomicFile#writeOwned}. */
  static void writeOwned(Path file, Model model, TrainingState training) throws IOException {
    AtomicFile.writeOwned(file, out -> write(out, model, training));
  }

  private static void write(OutputStream out, Model model, TrainingState training)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    if (model.network().architecture().cell().hasDl4jLayer()) {
      ModelZip.putJson(zip, CONFIGURATION, GSON.toJson(Dl4jConfiguration.of(model)));
    }
    ModelZip.put(zip, COEFFICIENTS, data -> Nd4jArray.write(data, model.network().parameters()));
    if (training != null) {
      ModelZip.put(
          zip,
          UPDATER_STATE,
          data -> Nd4jArray.write(data, training.firstMoment(), training.secondMoment()));
    }
    Description description =
        new Description(
            formatOf(model),
            model.vocabulary().codePoints(),
            model.network().architecture(),
            model.hyperparameters(),
            model.progress(),
            model.provenance());
    ModelZip.putJson(zip, DESCRIPTION, GSON.toJson(description));
    if (training != null) {
      ModelZip.put(zip, STATE, data -> writeState(data, training.carried()));
    }
    zip.finish();
  }

  private static int formatOf(Model model) {
    NetworkSpec architecture = model.network().architecture();
    if (architecture.documents()) {
      return NEWEST_FORMAT;
    }
    return model.hyperparameters().direction() == Direction.FORWARD
            && architecture.cell().hasDl4jLayer()
        ? FORMAT
        : CELLS_FORMAT;
  }

  private static void writeState(DataOutputStream out, RecurrentState state) throws IOException {
    for (int l = 0; l < state.hidden().length; l++) {
      for (float[][] values : state.values()) {
        Nd4jArray.writeFloats(out, values[l]);
      }
    }
  }

  /**
   * Reads a model for sampling or scoring; what only training needs is left in the file.
   *
   * @throws ModelFileException if the file is missing or breaks a rule of the format
   */
  public static Model read(Path file) throws ModelFileException {
    return open(file, false).model();
  }

  /**
   * Reads a model with its training state.
   *
   * @throws ModelFileException if the file is missing, breaks a rule of the format or has no
   *     training state
   */
  public static Checkpoint readCheckpoint(Path file) throws ModelFileException {
    Checkpoint checkpoint = open(file, true);
    if (checkpoint.training().isEmpty()) {
      throw new ModelFileException(
          file
              + " has no optimizer state, so that training cannot resume from it; name a run's last.zip");
    }
    return checkpoint;
  }

  private static Checkpoint open(Path file, boolean withTraining) throws ModelFileException {
    return ModelZip.read(
        file,
        Sentence.of("plan, train and eval take it as %s", Setting.CORPUS),
        zip -> {
          try {
            zip.requireEntries("charnn model", ENTRIES, DESCRIPTION);
          } catch (ModelFileException e) {
            refuseNewer(zip);
            throw e;
          }
          return read(zip, withTraining);
        });
  }

  /** Returns whether a file looks like a text; false too if it cannot be read. */
  public static boolean isText(Path file) {
    return ModelZip.isText(file);
  }

  private static Checkpoint read(ModelZip zip, boolean withTraining) throws IOException {
    Description description = readDescription(zip);
    if (description.vocabulary().length != description.architecture().vocabularySize()) {
      throw zip.broken(
          DESCRIPTION,
          format(
              "the vocabulary has %d characters, the network %d",
              description.vocabulary().length, description.architecture().vocabularySize()));
    }
    requireFits(zip, description);
    int parameterCount = description.architecture().parameterCount();
    zip.requireSize(COEFFICIENTS, Nd4jArray.byteSize(parameterCount));
    float[] parameters = new float[parameterCount];
    zip.readEntry(COEFFICIENTS, in -> Nd4jArray.read(in, parameters));
    Model model = model(zip, description, parameters);
    if (!model.network().isFinite()) {
      throw zip.broken(
          COEFFICIENTS, "its values are too large: no finite number comes out of the network");
    }
    if (!withTraining || !zip.has(UPDATER_STATE)) {
      return new Checkpoint(model, Optional.empty());
    }
    zip.requireSize(UPDATER_STATE, Nd4jArray.byteSize(2 * parameterCount));
    zip.requireSize(STATE, stateBytes(description));
    TrainingState state =
        TrainingState.initial(
            description.architecture(), description.hyperparameters().batchSize());
    zip.readEntry(
        UPDATER_STATE, in -> Nd4jArray.read(in, state.firstMoment(), state.secondMoment()));
    zip.readEntry(STATE, in -> readState(in, state.carried()));
    return new Checkpoint(model, Optional.of(state));
  }

  private static void requireFits(ModelZip zip, Description description) throws ModelFileException {
    try {
      description.hyperparameters().requireFits(description.architecture());
    } catch (IllegalArgumentException e) {
      throw zip.broken(DESCRIPTION, e.getMessage(), e);
    }
  }

  private static long stateBytes(Description description) {
    NetworkSpec architecture = description.architecture();
    return (long) Float.BYTES
        * architecture.cell().states()
        * architecture.layers()
        * architecture.hiddenSize()
        * description.hyperparameters().batchSize();
  }

  private static Description readDescription(ModelZip zip) throws IOException {
    String json = zip.json(DESCRIPTION);
    Description description;
    try {
      AnyDescription any = GSON.fromJson(json, AnyDescription.class);
      requireFormat(zip, any == null ? 0 : any.format());
      description = GSON.fromJson(json, Description.class);
    } catch (RuntimeException e) {
      throw zip.broken(DESCRIPTION, e);
    }
    if (description.architecture() == null
        || description.vocabulary() == null
        || description.hyperparameters() == null) {
      throw zip.broken(DESCRIPTION, "it lacks the architecture, vocabulary or recipe");
    }
    return description;
  }

  /** A newer charnn's model may have other entries, too. */
  private static void refuseNewer(ModelZip zip) throws ModelFileException {
    AnyDescription any;
    try {
      any = GSON.fromJson(zip.json(DESCRIPTION), AnyDescription.class);
    } catch (IOException | RuntimeException e) {
      return; // It says nothing that can be believed.
    }
    if (any != null && any.format() > NEWEST_FORMAT) {
      requireFormat(zip, any.format());
    }
  }

  private static void requireFormat(ModelZip zip, int format) throws ModelFileException {
    if (format > 0 && format < FORMAT) {
      throw new ModelFileException(
          format(
              "%s was made by an older charnn (format %d, this one reads %d): train it again, or use that charnn",
              zip.file(), format, FORMAT));
    }
    if (format > NEWEST_FORMAT) {
      throw new ModelFileException(
          format(
              "%s was made by a newer charnn (format %d, this one reads %d); update charnn",
              zip.file(), format, NEWEST_FORMAT));
    }
    if (format < FORMAT) {
      throw zip.broken(DESCRIPTION, format("its format must be %d, got %d", FORMAT, format));
    }
  }

  private static Model model(ModelZip zip, Description description, float[] parameters)
      throws ModelFileException {
    try {
      return new Model(
          new Network(description.architecture(), parameters),
          Vocabulary.of(description.vocabulary()),
          description.hyperparameters(),
          description.progress(),
          description.provenance());
    } catch (IllegalArgumentException e) {
      throw zip.broken(DESCRIPTION, e.getMessage(), e);
    }
  }

  private static void readState(DataInputStream in, RecurrentState state) throws IOException {
    for (int l = 0; l < state.hidden().length; l++) {
      for (float[][] values : state.values()) {
        Nd4jArray.readFloats(in, values[l]);
      }
    }
  }
}
