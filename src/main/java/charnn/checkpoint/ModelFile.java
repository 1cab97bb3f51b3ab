package charnn.checkpoint;

import static charnn.util.Formats.format;

import charnn.data.Direction;
import charnn.data.FileKind;
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
import charnn.util.Formats;
import charnn.util.JsonName;
import charnn.util.PathState;
import charnn.util.Sentence;
import charnn.util.Setting;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonDeserializationContext;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.Strictness;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
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
  private static final int NEWEST_FORMAT = 4;

  private static final String CONFIGURATION = "configuration.json";
  private static final String COEFFICIENTS = "coefficients.bin";
  private static final String UPDATER_STATE = "updaterState.bin";
  private static final String DESCRIPTION = "charnn.json";
  private static final String STATE = "state.bin";
  private static final Set<String> ENTRIES =
      Set.of(CONFIGURATION, COEFFICIENTS, UPDATER_STATE, DESCRIPTION, STATE);

  /** Enough for the largest vocabulary and ten thousand evaluations. */
  private static final int MAX_DESCRIPTION_BYTES = 4 << 20;

  /** Enough to recognise what kind of file it is. */
  private static final int HEAD_BYTES = 4096;

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
      putJson(zip, CONFIGURATION, Dl4jConfiguration.of(model));
    }
    put(zip, COEFFICIENTS, data -> Nd4jArray.write(data, model.network().parameters()));
    if (training != null) {
      put(
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
    putJson(zip, DESCRIPTION, description);
    if (training != null) {
      put(zip, STATE, data -> writeState(data, training.carried()));
    }
    zip.finish();
  }

  private static int formatOf(Model model) {
    return model.hyperparameters().direction() == Direction.FORWARD
            && model.network().architecture().cell().hasDl4jLayer()
        ? FORMAT
        : NEWEST_FORMAT;
  }

  private interface EntryContent {
    void writeTo(DataOutputStream out) throws IOException;
  }

  private static void putJson(ZipOutputStream zip, String name, Object content) throws IOException {
    byte[] json = GSON.toJson(content).getBytes(StandardCharsets.UTF_8);
    if (json.length >= MAX_DESCRIPTION_BYTES) {
      throw new IOException("entry " + name + " is too large to be read again");
    }
    zip.setLevel(Deflater.DEFAULT_COMPRESSION);
    putEntry(zip, name, out -> out.write(json));
  }

  /** Adds an entry of numbers, which compression would not make smaller. */
  private static void put(ZipOutputStream zip, String name, EntryContent content)
      throws IOException {
    zip.setLevel(Deflater.NO_COMPRESSION);
    putEntry(zip, name, content);
  }

  private static void putEntry(ZipOutputStream zip, String name, EntryContent content)
      throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0); // The same model gives the same bytes.
    zip.putNextEntry(entry);
    DataOutputStream out = new DataOutputStream(zip);
    content.writeTo(out);
    out.flush();
    zip.closeEntry();
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
    try {
      if (!PathState.isTaken(file)) {
        throw new NoSuchFileException(file.toString());
      }
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        throw new ModelFileException("cannot read a model: " + PathState.describe(file));
      }
      try (ZipFile zip = new ZipFile(file.toFile())) {
        try {
          checkEntries(file, zip);
        } catch (ModelFileException e) {
          refuseNewer(file, zip);
          throw e;
        }
        return read(file, zip, withTraining);
      }
    } catch (NoSuchFileException e) {
      throw new ModelFileException("cannot find the model file " + file, e);
    } catch (ModelFileException e) {
      throw e;
    } catch (ZipException | EOFException e) { // java.util.zip's
      throw noZip(file, e);
    } catch (IOException e) {
      throw new ModelFileException(file + " is not a readable model file: " + Formats.reason(e), e);
    } catch (IllegalArgumentException e) {
      // java.util.zip's, of names that are not UTF-8.
      throw new ModelFileException(
          file + " is not a readable model file: it has an entry of another name than a model's",
          e);
    }
  }

  /** Says what kind of file it is instead of a model. */
  private static ModelFileException noZip(Path file, IOException cause) {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(HEAD_BYTES);
    } catch (IOException e) {
      return new ModelFileException(
          file + " is not a readable model file: " + Formats.reason(e), e);
    }
    if (head.length == 0) {
      return new ModelFileException(file + " is empty, no model");
    }
    if (startsWith(head, 'P', 'K')) {
      return new ModelFileException(
          file
              + " is not a readable model file: it is cut off or damaged"
              + (cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")"),
          cause);
    }
    if (startsWith(head, 0x1F, 0x8B)) {
      return new ModelFileException(
          file + " is not a readable model file: it is packed with gzip; unpack it first", cause);
    }
    Optional<String> kind = FileKind.describe(file.toString(), head);
    if (kind.isPresent()) {
      return new ModelFileException(
          format("%s is not a model file: it %s", file, kind.get()), cause);
    }
    if (isText(head)) {
      return new ModelFileException(
          Sentence.of(
              "%s is a text, no model; plan, train and eval take it as %s", file, Setting.CORPUS));
    }
    return new ModelFileException(
        file + " is not a readable model file: it is of another kind", cause);
  }

  /** Returns whether a file looks like a text; false too if it cannot be read. */
  public static boolean isText(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(HEAD_BYTES);
      return head.length > 0 && isText(head);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean startsWith(byte[] bytes, int first, int second) {
    return bytes.length >= 2 && (bytes[0] & 0xFF) == first && (bytes[1] & 0xFF) == second;
  }

  /** Returns whether bytes begin like text in UTF-16, or have none that no other text has. */
  private static boolean isText(byte[] head) {
    if (startsWith(head, 0xFF, 0xFE) || startsWith(head, 0xFE, 0xFF)) {
      return true;
    }
    for (byte b : head) {
      if (b >= 0 && b < ' ' && "\t\n\f\r".indexOf(b) < 0) {
        return false;
      }
    }
    return true;
  }

  private static void checkEntries(Path file, ZipFile zip) throws ModelFileException {
    if (zip.size() > ENTRIES.size()) {
      throw new ModelFileException(
          format(
              "%s is not a charnn model: it has %d entries, more than %d",
              file, zip.size(), ENTRIES.size()));
    }
    Set<String> seen = new HashSet<>();
    for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().<ZipEntry>map(e -> e)::iterator) {
      if (!ENTRIES.contains(entry.getName())) {
        throw new ModelFileException(
            format(
                "%s is not a charnn model: it has an entry of another name than %s",
                file, sortedEntries()));
      }
      if (!seen.add(entry.getName())) {
        throw new ModelFileException(format("%s has two entries %s", file, entry.getName()));
      }
    }
    if (!seen.contains(DESCRIPTION)) {
      throw new ModelFileException(
          format("%s is not a charnn model: entry %s is missing", file, DESCRIPTION));
    }
  }

  private static List<String> sortedEntries() {
    return ENTRIES.stream().sorted().toList();
  }

  private static Checkpoint read(Path file, ZipFile zip, boolean withTraining) throws IOException {
    Description description = readDescription(file, zip);
    if (description.vocabulary().length != description.architecture().vocabularySize()) {
      throw new ModelFileException(
          broken(
              file,
              DESCRIPTION,
              format(
                  "the vocabulary has %d characters, the network %d",
                  description.vocabulary().length, description.architecture().vocabularySize())));
    }
    requireFits(file, description);
    int parameterCount = description.architecture().parameterCount();
    requireSize(file, zip, COEFFICIENTS, Nd4jArray.byteSize(parameterCount));
    float[] parameters = new float[parameterCount];
    readEntry(file, zip, COEFFICIENTS, in -> Nd4jArray.read(in, parameters));
    Model model = model(file, description, parameters);
    if (!model.network().isFinite()) {
      throw new ModelFileException(
          broken(
              file,
              COEFFICIENTS,
              "its values are too large: no finite number comes out of the network"));
    }
    if (!withTraining || zip.getEntry(UPDATER_STATE) == null) {
      return new Checkpoint(model, Optional.empty());
    }
    requireSize(file, zip, UPDATER_STATE, Nd4jArray.byteSize(2 * parameterCount));
    requireSize(file, zip, STATE, stateBytes(description));
    TrainingState state =
        TrainingState.initial(
            description.architecture(), description.hyperparameters().batchSize());
    readEntry(
        file,
        zip,
        UPDATER_STATE,
        in -> Nd4jArray.read(in, state.firstMoment(), state.secondMoment()));
    readEntry(file, zip, STATE, in -> readState(in, state.carried()));
    return new Checkpoint(model, Optional.of(state));
  }

  /**
   * Checks an entry's size before anything of that size is allocated: against the rule, and,
   * because the zip may lie, against the file's own size. Floats do not compress to a quarter.
   */
  private static void requireSize(Path file, ZipFile zip, String name, long size)
      throws ModelFileException {
    ZipEntry entry = requireEntry(file, zip, name);
    if (file.toFile().length() < size / 4) {
      throw new ModelFileException(
          broken(
              file, name, format("its size must be %,d bytes, more than the file can hold", size)));
    }
    if (entry.getSize() != size) {
      throw new ModelFileException(
          broken(file, name, format("its size must be %,d bytes, got %,d", size, entry.getSize())));
    }
  }

  private static void requireFits(Path file, Description description) throws ModelFileException {
    try {
      description.hyperparameters().requireFits(description.architecture());
    } catch (IllegalArgumentException e) {
      throw new ModelFileException(broken(file, DESCRIPTION, e.getMessage()), e);
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

  private static Description readDescription(Path file, ZipFile zip) throws IOException {
    byte[][] bytes = new byte[1][];
    readEntry(file, zip, DESCRIPTION, in -> bytes[0] = in.readNBytes(MAX_DESCRIPTION_BYTES));
    String json = new String(bytes[0], StandardCharsets.UTF_8);
    Description description;
    try {
      AnyDescription any = GSON.fromJson(json, AnyDescription.class);
      requireFormat(file, any == null ? 0 : any.format());
      description = GSON.fromJson(json, Description.class);
    } catch (RuntimeException e) {
      throw new ModelFileException(broken(file, DESCRIPTION, ruleOf(e)), e);
    }
    if (description.architecture() == null
        || description.vocabulary() == null
        || description.hyperparameters() == null) {
      throw new ModelFileException(
          broken(file, DESCRIPTION, "it lacks the architecture, vocabulary or recipe"));
    }
    return description;
  }

  /** A newer charnn's model may have other entries, too. */
  private static void refuseNewer(Path file, ZipFile zip) throws ModelFileException {
    ZipEntry entry = zip.getEntry(DESCRIPTION);
    if (entry == null) {
      return;
    }
    AnyDescription any;
    try (InputStream in = zip.getInputStream(entry)) {
      any =
          GSON.fromJson(
              new String(in.readNBytes(MAX_DESCRIPTION_BYTES), StandardCharsets.UTF_8),
              AnyDescription.class);
    } catch (IOException | RuntimeException e) {
      return; // It says nothing that can be believed.
    }
    if (any != null && any.format() > NEWEST_FORMAT) {
      requireFormat(file, any.format());
    }
  }

  private static void requireFormat(Path file, int format) throws ModelFileException {
    if (format > 0 && format < FORMAT) {
      throw new ModelFileException(
          format(
              "%s was made by an older charnn (format %d, this one reads %d): train it again, or use that charnn",
              file, format, FORMAT));
    }
    if (format > NEWEST_FORMAT) {
      throw new ModelFileException(
          format(
              "%s was made by a newer charnn (format %d, this one reads %d); update charnn",
              file, format, NEWEST_FORMAT));
    }
    if (format < FORMAT) {
      throw new ModelFileException(
          broken(file, DESCRIPTION, format("its format must be %d, got %d", FORMAT, format)));
    }
  }

  /**
   * Returns what was wrong: Gson wraps what the records' own checks throw, and its own words are
   * for programmers.
   */
  private static String ruleOf(RuntimeException e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof IllegalArgumentException && cause.getMessage() != null) {
      return cause.getMessage(); // charnn's own
    }
    return cause instanceof IOException
        ? "it is not valid JSON"
        : "a value is missing or of a wrong type";
  }

  private static Model model(Path file, Description description, float[] parameters)
      throws ModelFileException {
    try {
      return new Model(
          new Network(description.architecture(), parameters),
          Vocabulary.of(description.vocabulary()),
          description.hyperparameters(),
          description.progress(),
          description.provenance());
    } catch (IllegalArgumentException e) {
      throw new ModelFileException(broken(file, DESCRIPTION, e.getMessage()), e);
    }
  }

  private static void readState(DataInputStream in, RecurrentState state) throws IOException {
    for (int l = 0; l < state.hidden().length; l++) {
      for (float[][] values : state.values()) {
        Nd4jArray.readFloats(in, values[l]);
      }
    }
  }

  private static ZipEntry requireEntry(Path file, ZipFile zip, String name)
      throws ModelFileException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new ModelFileException(
          format("%s is not a whole charnn model: entry %s is missing", file, name));
    }
    return entry;
  }

  private interface EntryReader {
    void readFrom(DataInputStream in) throws IOException;
  }

  /**
   * Hands an entry to its reader, which takes as many bytes as it expects; afterwards the entry
   * must be at its end.
   */
  private static void readEntry(Path file, ZipFile zip, String name, EntryReader reader)
      throws ModelFileException {
    ZipEntry entry = requireEntry(file, zip, name);
    try (InputStream stream = zip.getInputStream(entry);
        CheckedInputStream checked = new CheckedInputStream(stream, new CRC32());
        DataInputStream in = new DataInputStream(new BufferedInputStream(checked, 1 << 16))) {
      reader.readFrom(in);
      if (in.read() >= 0) {
        throw new ModelFileException(broken(file, name, "it is longer than it may be"));
      }
      if (checked.getChecksum().getValue() != entry.getCrc()) {
        throw new ModelFileException(
            broken(file, name, "its bytes do not have the checksum that the zip gives"));
      }
    } catch (ModelFileException e) {
      throw e;
    } catch (EOFException e) {
      throw new ModelFileException(broken(file, name, "it ends too early"), e);
    } catch (IOException e) {
      throw new ModelFileException(broken(file, name, Formats.reason(e)), e);
    }
  }

  private static String broken(Path file, String entry, String rule) {
    return format("%s is broken: in entry %s, %s", file, entry, rule);
  }
}
