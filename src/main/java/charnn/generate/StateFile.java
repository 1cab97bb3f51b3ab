package charnn.generate;

import static charnn.util.Formats.format;

import charnn.nn.RecurrentState;
import charnn.predict.TextState;
import charnn.util.AtomicFile;
import charnn.util.Formats;
import charnn.util.PathState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The file of a saved text. Numbers are big-endian, floats IEEE 754.
 *
 * <pre>
 *   14 bytes   "charnn state 2"
 *   UTF        the model's name, for messages
 *   32 bytes   the model's SHA-256
 *   boolean    cut
 *   long       length
 *   long       generated
 *   long       random
 *   double     surpriseBound
 *   int        last
 *   int, then  recent, 2 bytes each
 *   floats     of each recurrent state: by layer, its state vectors [H]
 *   int, then  0, or the language model's logits, floats
 *   int        CRC-32 of all that
 * </pre>
 *
 * A file is untrusted: the sizes of states and logits are the language model's, every index is
 * checked, and no more bytes are read than such a file can have.
 */
public final class StateFile {
  private static final String FORMAT = "charnn state ";
  private static final int VERSION = 2;
  private static final int HASH_BYTES = 32;
  private static final int MAX_NAME = 1000;

  /** All that is not recent characters, states or logits: 3 bytes a character of the name. */
  private static final int MAX_HEAD_BYTES = 128 + 3 * MAX_NAME;

  /** An output of tanh, however it is rounded. */
  private static final float MAX_HIDDEN = 1.001f;

  private static final int SHOWN_DIGITS = 12; // of a checksum

  private StateFile() {}

  /**
   * A language model.
   *
   * @param name for messages
   * @param sha256 of all that decides what it computes
   * @param vocabularySize V
   * @param sample a state of it, for its sizes
   */
  public record Owner(String name, byte[] sha256, int vocabularySize, TextState sample) {
    private String checksum() {
      return StateFile.checksum(sha256);
    }
  }

  /**
   * Writes a file, replacing it as a whole or not at all.
   *
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, Owner owner, SavedText text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write((FORMAT + VERSION).getBytes(StandardCharsets.US_ASCII));
    out.writeUTF(owner.name.substring(0, Math.min(MAX_NAME, owner.name.length())));
    out.write(owner.sha256);
    out.writeBoolean(text.cut());
    out.writeLong(text.length());
    out.writeLong(text.generated());
    out.writeLong(text.sampler().random());
    out.writeDouble(text.sampler().surpriseBound());
    out.writeInt(text.last());
    out.writeInt(text.sampler().recent().length);
    for (int token : text.sampler().recent()) {
      out.writeChar(token);
    }
    for (float[] values : vectors(text.state())) {
      writeFloats(out, values);
    }
    out.writeInt(text.state().logits().size());
    for (float[] logits : text.state().logits()) {
      writeFloats(out, logits);
    }
    CRC32 crc = new CRC32();
    crc.update(bytes.toByteArray());
    out.writeInt((int) crc.getValue());
    AtomicFile.write(file, bytes::writeTo);
  }

  private static void writeFloats(DataOutputStream out, float[] values) throws IOException {
    for (float value : values) {
      out.writeFloat(value);
    }
  }

  /** Returns the state vectors of a state in the file's order. */
  private static List<float[]> vectors(TextState state) {
    List<float[]> vectors = new ArrayList<>();
    for (RecurrentState network : state.states()) {
      for (int layer = 0; layer < network.hidden().length; layer++) {
        for (float[][] values : network.values()) {
          vectors.add(values[layer]);
        }
      }
    }
    return vectors;
  }

  /**
   * Checks that a file may be replaced by a saved text: there is none, or one of that kind.
   *
   * @throws StateFileException if not
   */
  public static void requireReplaceable(Path file) throws StateFileException {
    if (!PathState.isTaken(file)) {
      return;
    }
    byte[] format = FORMAT.getBytes(StandardCharsets.US_ASCII);
    boolean replaceable = false;
    if (Files.isRegularFile(file)) {
      try (InputStream in = Files.newInputStream(file)) {
        byte[] head = in.readNBytes(format.length);
        replaceable = head.length == 0 || Arrays.equals(head, format);
      } catch (IOException e) {
        throw new StateFileException(
            format("%s exists already, and cannot be read: %s", file, Formats.reason(e)), e);
      }
    }
    if (!replaceable) {
      throw new StateFileException(
          format(
              "%s, and no saved state, which alone is replaced; choose another name",
              PathState.describe(file)));
    }
  }

  /**
   * Reads a file.
   *
   * @param owner that must have written it
   * @throws StateFileException if it cannot be read, is no saved state, or is of another model
   */
  public static SavedText read(Path file, Owner owner) throws StateFileException {
    if (!Files.isRegularFile(file)) {
      throw new StateFileException("cannot read a saved state: " + PathState.describe(file));
    }
    int recurrent = vectors(owner.sample).stream().mapToInt(v -> v.length).sum();
    int logits = owner.sample.logits().stream().mapToInt(v -> v.length).sum();
    long most =
        MAX_HEAD_BYTES
            + (long) RecentTokens.COUNT * Character.BYTES
            + ((long) recurrent + logits) * Float.BYTES;
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, most + 1));
    } catch (IOException e) {
      throw new StateFileException(
          format("cannot read the saved state %s: %s", file, Formats.reason(e)), e);
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      requireFormat(file, in);
      requireOwner(file, in, owner);
      if (bytes.length > most) {
        throw damaged(file, "it is too long");
      }
      requireChecksum(file, bytes);
      SavedText text = read(file, in, owner);
      if (in.available() != Integer.BYTES) {
        throw damaged(file, "it is longer than it may be");
      }
      return text;
    } catch (EOFException e) {
      throw damaged(file, "it ends too early");
    } catch (StateFileException e) {
      throw e;
    } catch (IOException e) {
      throw damaged(file, "its model's name is not text"); // of DataInputStream.readUTF
    }
  }

  private static void requireFormat(Path file, DataInputStream in) throws IOException {
    byte[] format = FORMAT.getBytes(StandardCharsets.US_ASCII);
    if (!Arrays.equals(in.readNBytes(format.length), format)) {
      throw new StateFileException(file + " is no saved state of a text");
    }
    int version = in.readUnsignedByte() - '0';
    if (version != VERSION) {
      throw new StateFileException(
          format(
              "%s was saved by another version of charnn; use that one, or save the text again",
              file));
    }
  }

  private static void requireOwner(Path file, DataInputStream in, Owner owner) throws IOException {
    String name = in.readUTF();
    byte[] sha256 = new byte[HASH_BYTES];
    in.readFully(sha256);
    if (!Arrays.equals(sha256, owner.sha256)) {
      throw new StateFileException(
          format(
              "%s was saved with another model: %s (SHA-256 %s), not %s (%s); choose that one",
              file,
              name.isEmpty() || name.length() > MAX_NAME ? "?" : name,
              checksum(sha256),
              owner.name,
              owner.checksum()));
    }
  }

  private static String checksum(byte[] sha256) {
    return HexFormat.of().formatHex(sha256).substring(0, SHOWN_DIGITS) + "...";
  }

  private static void requireChecksum(Path file, byte[] bytes) throws StateFileException {
    int content = Math.max(0, bytes.length - Integer.BYTES);
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, content);
    int expected = 0;
    for (int i = content; i < bytes.length; i++) {
      expected = expected << Byte.SIZE | bytes[i] & 0xFF;
    }
    if ((int) crc.getValue() != expected) {
      throw damaged(file, "it is cut off, or its bytes do not have the checksum that it gives");
    }
  }

  private static SavedText read(Path file, DataInputStream in, Owner owner) throws IOException {
    boolean cut = in.readBoolean();
    long length = in.readLong();
    long generated = in.readLong();
    long random = in.readLong();
    double surpriseBound = in.readDouble();
    int last = in.readInt();
    int count = in.readInt();
    if (length < generated
        || generated < 0
        || Double.isInfinite(surpriseBound)
        || count < 0
        || count > RecentTokens.COUNT) {
      throw damaged(file, "a number is out of its range");
    }
    int[] recent = new int[count];
    for (int i = 0; i < count; i++) {
      recent[i] = in.readUnsignedShort();
      requireToken(file, recent[i], owner);
    }
    requireToken(file, last, owner);
    List<RecurrentState> states = new ArrayList<>();
    for (RecurrentState like : owner.sample.states()) {
      states.add(readState(file, in, like));
    }
    int rows = in.readInt();
    if (rows != owner.sample.logits().size()) {
      throw damaged(file, "it has not as many predictions as the model");
    }
    List<float[]> logits = new ArrayList<>();
    for (float[] like : owner.sample.logits()) {
      logits.add(readFloats(file, in, like.length, Float.MAX_VALUE));
    }
    return new SavedText(
        new TextState(states, logits),
        last,
        new SamplerState(random, surpriseBound, recent),
        length,
        generated,
        cut);
  }

  private static RecurrentState readState(Path file, DataInputStream in, RecurrentState like)
      throws IOException {
    RecurrentState state = like.copy();
    for (int layer = 0; layer < state.hidden().length; layer++) {
      for (float[][] values : state.values()) {
        float most = values == state.hidden() ? MAX_HIDDEN : Float.MAX_VALUE;
        values[layer] = readFloats(file, in, values[layer].length, most);
      }
    }
    return state;
  }

  private static float[] readFloats(Path file, DataInputStream in, int count, float most)
      throws IOException {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.readFloat();
      if (!(Math.abs(values[i]) <= most)) {
        throw damaged(file, "a number of its state is too large");
      }
    }
    return values;
  }

  private static void requireToken(Path file, int token, Owner owner) throws StateFileException {
    if (token < 0 || token >= owner.vocabularySize) {
      throw damaged(file, "it has a character that the model does not know");
    }
  }

  private static StateFileException damaged(Path file, String rule) {
    return new StateFileException(format("the saved state %s is damaged: %s", file, rule));
  }
}
