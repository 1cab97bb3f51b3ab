package charnn.checkpoint;

import static charnn.util.Formats.format;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A vector of floats as {@code Nd4j.write} stores it: a shape buffer of 6 longs, then a data
 * buffer; each has its allocation mode, its length and its type before its values, all big-endian.
 */
final class Nd4jArray {
  private static final String ALLOCATION_MODE = "MIXED_DATA_TYPES";
  private static final String SHAPE_TYPE = "LONG";
  private static final String DATA_TYPE = "FLOAT";
  private static final int SHAPE_LENGTH = 6;

  /** ND4J's flag of an array of 32-bit floats, and its code of C order. */
  private static final long FLOAT_FLAG = 0x2000;

  private static final long ORDER_C = 'c';
  private static final int CHUNK = 1 << 12;

  private Nd4jArray() {}

  /** Returns the size of a stored vector. */
  static long byteSize(int length) {
    int headers =
        2 * (2 + ALLOCATION_MODE.length() + Long.BYTES)
            + 2
            + SHAPE_TYPE.length()
            + 2
            + DATA_TYPE.length();
    return headers + (long) SHAPE_LENGTH * Long.BYTES + (long) length * Float.BYTES;
  }

  /** Writes a vector, given as the parts that follow one another in it. */
  static void write(DataOutputStream out, float[]... parts) throws IOException {
    int length = length(parts);
    out.writeUTF(ALLOCATION_MODE);
    out.writeLong(SHAPE_LENGTH);
    out.writeUTF(SHAPE_TYPE);
    for (long shape : shapeOf(length)) {
      out.writeLong(shape);
    }
    out.writeUTF(ALLOCATION_MODE);
    out.writeLong(length);
    out.writeUTF(DATA_TYPE);
    for (float[] part : parts) {
      writeFloats(out, part);
    }
  }

  /**
   * Reads a vector of known length into the parts that follow one another in it.
   *
   * @throws IOException with the rule that was broken, if the bytes are anything but such a vector
   *     of finite values
   */
  static void read(DataInputStream in, float[]... parts) throws IOException {
    int length = length(parts);
    require(in.readUTF(), ALLOCATION_MODE, "allocation mode");
    require(in.readLong(), (long) SHAPE_LENGTH, "length of its shape");
    require(in.readUTF(), SHAPE_TYPE, "type of its shape");
    for (long shape : shapeOf(length)) {
      require(in.readLong(), shape, "shape");
    }
    require(in.readUTF(), ALLOCATION_MODE, "allocation mode");
    require(in.readLong(), (long) length, "length");
    require(in.readUTF(), DATA_TYPE, "type");
    for (float[] part : parts) {
      readFloats(in, part);
    }
  }

  private static int length(float[]... parts) {
    int length = 0;
    for (float[] part : parts) {
      length += part.length;
    }
    return length;
  }

  private static long[] shapeOf(long length) {
    long rank = 1;
    long stride = 1;
    long elementWiseStride = 1;
    return new long[] {rank, length, stride, FLOAT_FLAG, elementWiseStride, ORDER_C};
  }

  private static void require(Object found, Object expected, String name) throws IOException {
    if (!found.equals(expected)) {
      throw new IOException(format("its %s must be %s, got %.40s", name, expected, found));
    }
  }

  static void writeFloats(DataOutputStream out, float[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK * Float.BYTES);
    for (int from = 0; from < values.length; from += CHUNK) {
      int count = Math.min(CHUNK, values.length - from);
      bytes.asFloatBuffer().put(values, from, count);
      out.write(bytes.array(), 0, count * Float.BYTES);
    }
  }

  /**
   * Fills an array.
   *
   * @throws IOException if a value is infinite or not a number
   */
  static void readFloats(DataInputStream in, float[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK * Float.BYTES);
    for (int from = 0; from < values.length; from += CHUNK) {
      int count = Math.min(CHUNK, values.length - from);
      in.readFully(bytes.array(), 0, count * Float.BYTES);
      bytes.asFloatBuffer().get(values, from, count);
      for (int i = from; i < from + count; i++) {
        if (!Float.isFinite(values[i])) {
          throw new IOException("its values must be finite numbers, got " + values[i] + " at " + i);
        }
      }
    }
  }
}
