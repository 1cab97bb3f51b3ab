package charnn.spark;

import charnn.data.Tokens;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Tokens in a file that all machines can read, on any file system that Hadoop knows: one byte each,
 * or two, the lower one first.
 *
 * @param address of the file
 * @param width bytes of a token: 1 or 2
 * @param length tokens
 * @param cuts as {@link Tokens#cuts} returns them
 */
record TokenFile(String address, int width, long length, long[] cuts) implements Serializable {
  private static final int SEGMENT_BITS = 28;
  private static final long SEGMENT = 1L << SEGMENT_BITS; // bytes of a mapped part
  private static final int NARROW = 256;

  /**
   * Writes tokens, unless the file is there already.
   *
   * @param vocabularySize V: no token is as large
   */
  static TokenFile write(Path file, Tokens tokens, int vocabularySize, Configuration configuration)
      throws IOException {
    int width = vocabularySize <= NARROW ? 1 : 2;
    TokenFile written = new TokenFile(file.toString(), width, tokens.length(), tokens.cuts());
    FileSystem files = file.getFileSystem(configuration);
    if (files.exists(file) && files.getFileStatus(file).getLen() == written.bytes()) {
      return written;
    }
    Path beside = file.suffix(".tmp");
    try (OutputStream out = new BufferedOutputStream(files.create(beside, true), 1 << 16)) {
      for (long i = 0; i < tokens.length(); i++) {
        int token = tokens.at(i);
        out.write(token);
        if (width == 2) {
          out.write(token >>> 8);
        }
      }
    }
    files.delete(file, false);
    if (!files.rename(beside, file)) {
      throw new IOException("cannot rename " + beside + " to " + file);
    }
    return written;
  }

  private long bytes() {
    return width * length;
  }

  /**
   * Opens a part of the tokens, which takes no Java memory: a local file is mapped, another one is
   * copied into a temporary file first.
   */
  Tokens open(long from, long to, Configuration configuration) throws IOException {
    Path file = new Path(address);
    FileSystem files = file.getFileSystem(configuration);
    Tokens part =
        "file".equals(files.getUri().getScheme())
            ? map(java.nio.file.Path.of(files.makeQualified(file).toUri()), from, to)
            : mapCopy(files, file, from, to);
    long[] within =
        Arrays.stream(cuts)
            .filter(cut -> cut > from && cut < to || cut == 0 && from == 0 && to == length)
            .map(cut -> cut - from)
            .toArray();
    return within.length == 0 ? part : new CutTokens(part, within);
  }

  private Tokens mapCopy(FileSystem files, Path file, long from, long to) throws IOException {
    java.nio.file.Path copy = Files.createTempFile("charnn", ".tokens");
    try {
      try (FSDataInputStream in = files.open(file);
          OutputStream out = Files.newOutputStream(copy)) {
        in.seek(from * width);
        byte[] buffer = new byte[1 << 16];
        for (long left = (to - from) * width; left > 0; ) {
          int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
          if (count < 0) {
            throw new IOException(address + " is shorter than it was");
          }
          out.write(buffer, 0, count);
          left -= count;
        }
      }
      return map(copy, 0, to - from);
    } finally {
      Files.delete(copy); // What is mapped stays.
    }
  }

  private Tokens map(java.nio.file.Path file, long from, long to) throws IOException {
    long offset = from * width;
    long bytes = (to - from) * width;
    ByteBuffer[] segments = new ByteBuffer[(int) ((bytes + SEGMENT - 1) >> SEGMENT_BITS)];
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (int i = 0; i < segments.length; i++) {
        long start = (long) i << SEGMENT_BITS;
        segments[i] =
            channel
                .map(
                    FileChannel.MapMode.READ_ONLY, offset + start, Math.min(SEGMENT, bytes - start))
                .order(ByteOrder.LITTLE_ENDIAN);
      }
    }
    return width == 1 ? new Narrow(segments, to - from) : new Wide(segments, to - from);
  }

  /** One byte each. */
  private record Narrow(ByteBuffer[] segments, long length) implements Tokens {
    @Override
    public int at(long index) {
      return segments[(int) (index >>> SEGMENT_BITS)].get((int) (index & SEGMENT - 1)) & 0xFF;
    }
  }

  /** Two bytes each. */
  private record Wide(ByteBuffer[] segments, long length) implements Tokens {
    @Override
    public int at(long index) {
      long at = 2 * index;
      return segments[(int) (at >>> SEGMENT_BITS)].getChar((int) (at & SEGMENT - 1));
    }
  }

  /** Tokens with cuts. */
  private record CutTokens(Tokens tokens, long[] cuts) implements Tokens {
    @Override
    public long length() {
      return tokens.length();
    }

    @Override
    public int at(long index) {
      return tokens.at(index);
    }
  }
}
