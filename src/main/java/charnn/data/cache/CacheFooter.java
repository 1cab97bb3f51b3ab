package charnn.data.cache;

import charnn.data.Corpus;
import charnn.data.DocumentEnds;
import charnn.util.Sentence;
import charnn.util.Setting;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * What a cache file has behind its symbols, with the length, the checksum and the magic number that
 * end the file.
 *
 * @param state as of {@link CacheKey#state(int)}
 * @param inputs as of {@link CacheKey}
 * @param width bytes of a symbol: 1, or 2 or 4, the lower ones first
 * @param length symbols, one for each character
 * @param symbols code point of each, in the order of their first appearance
 * @param counts how often each of them occurs
 * @param documentEnds where documents end, after the mark of each
 * @param sha256 as of {@link charnn.data.CorpusText}
 * @param beginning the first UTF-16 units
 * @param sources of the corpus
 * @param notes on it
 */
record CacheFooter(
    String state,
    String inputs,
    int width,
    long length,
    int[] symbols,
    long[] counts,
    DocumentEnds documentEnds,
    String sha256,
    String beginning,
    List<Corpus.Source> sources,
    List<Sentence> notes) {
  /** "charnn", and the version of the format. A file of another is encoded again. */
  private static final long MAGIC = 0x636861726E6E_0002L;

  /** Bytes of the length, the checksum and the magic number. */
  private static final int TRAILER = 3 * Long.BYTES;

  private static final int MOST_BYTES = 1 << 28;

  /** Writes this at a channel's position, with what ends the file. */
  void write(FileChannel channel) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    text(out, state);
    text(out, inputs);
    out.writeInt(width);
    out.writeLong(length);
    out.writeInt(symbols.length);
    for (int i = 0; i < symbols.length; i++) {
      out.writeInt(symbols[i]);
      out.writeLong(counts[i]);
    }
    out.writeInt(documentEnds.ends().length);
    for (long end : documentEnds.ends()) {
      out.writeLong(end);
    }
    text(out, sha256);
    text(out, beginning);
    out.writeInt(sources.size());
    for (Corpus.Source source : sources) {
      text(out, source.name());
      out.writeBoolean(source.path() != null);
      text(out, source.path() == null ? "" : source.path());
      out.writeLong(source.bytes());
      text(out, source.sha256());
    }
    out.writeInt(notes.size());
    for (Sentence note : notes) {
      sentence(out, note);
    }
    long footer = bytes.size();
    out.writeLong(footer);
    out.writeLong(crc(bytes.toByteArray(), (int) footer));
    out.writeLong(MAGIC);
    ByteBuffer all = ByteBuffer.wrap(bytes.toByteArray());
    while (all.hasRemaining()) {
      channel.write(all);
    }
  }

  /**
   * Reads the footer of a file.
   *
   * @throws IOException if it is damaged or of another format
   */
  static CacheFooter read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      ByteBuffer trailer = bytes(channel, size - TRAILER, TRAILER);
      long footer = trailer.getLong();
      long crc = trailer.getLong();
      if (trailer.getLong() != MAGIC || footer < 0 || footer > Math.min(MOST_BYTES, size)) {
        throw damaged(file);
      }
      byte[] bytes = bytes(channel, size - TRAILER - footer, (int) footer).array();
      if (crc(bytes, bytes.length) != crc) {
        throw damaged(file);
      }
      CacheFooter read = read(new DataInputStream(new ByteArrayInputStream(bytes)));
      if (read.length * read.width + footer + TRAILER != size) {
        throw damaged(file);
      }
      return read;
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static IOException damaged(Path file) {
    return new IOException(file + " is damaged or not whole");
  }

  private static CacheFooter read(DataInputStream in) throws IOException {
    String state = text(in);
    String inputs = text(in);
    int width = in.readInt();
    long length = in.readLong();
    int[] symbols = new int[in.readInt()];
    long[] counts = new long[symbols.length];
    for (int i = 0; i < symbols.length; i++) {
      symbols[i] = in.readInt();
      counts[i] = in.readLong();
    }
    long[] ends = new long[in.readInt()];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = in.readLong();
    }
    String sha256 = text(in);
    String beginning = text(in);
    List<Corpus.Source> sources = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      String name = text(in);
      boolean hasPath = in.readBoolean();
      String path = text(in);
      sources.add(new Corpus.Source(name, hasPath ? path : null, in.readLong(), text(in)));
    }
    List<Sentence> notes = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      notes.add(sentence(in));
    }
    return new CacheFooter(
        state,
        inputs,
        width,
        length,
        symbols,
        counts,
        new DocumentEnds(ends),
        sha256,
        beginning,
        sources,
        notes);
  }

  private static ByteBuffer bytes(FileChannel channel, long from, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (from >= 0 && bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        break;
      }
    }
    if (bytes.hasRemaining()) {
      throw new IOException("the file is not whole");
    }
    return bytes.flip();
  }

  private static long crc(byte[] bytes, int count) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, count);
    return crc.getValue();
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }

  private static void sentence(DataOutputStream out, Sentence sentence) throws IOException {
    text(out, sentence.form());
    out.writeInt(sentence.parts().size());
    for (Object part : sentence.parts()) {
      if (part instanceof Setting setting) {
        out.writeByte('S');
        text(out, setting.name());
      } else if (part instanceof Sentence inner) {
        out.writeByte('N');
        sentence(out, inner);
      } else if (part instanceof Integer || part instanceof Long || part instanceof Byte) {
        out.writeByte('I');
        out.writeLong(((Number) part).longValue());
      } else if (part instanceof Double number) {
        out.writeByte('D');
        out.writeDouble(number);
      } else {
        out.writeByte('T');
        text(out, part.toString());
      }
    }
  }

  private static Sentence sentence(DataInputStream in) throws IOException {
    String form = text(in);
    Object[] parts = new Object[in.readInt()];
    for (int i = 0; i < parts.length; i++) {
      byte kind = in.readByte();
      parts[i] =
          switch (kind) {
            case 'S' -> Setting.valueOf(text(in));
            case 'N' -> sentence(in);
            case 'I' -> in.readLong();
            case 'D' -> in.readDouble();
            default -> text(in);
          };
    }
    return Sentence.of(form, parts);
  }
}
