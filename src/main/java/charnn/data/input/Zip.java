package charnn.data.input;

import charnn.data.CorpusException;
import charnn.data.FileKind;
import charnn.data.NoTextException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** A zip archive, read by its central directory. */
final class Zip implements Closeable {
  /** Bytes of the central directory for each of the most entries. */
  private static final int BYTES_OF_ENTRY = 160;

  private static final String MIME_TYPE = "mimetype";

  private final String place;
  private final ZipFile zip;
  private final Budget budget;

  private Zip(String place, ZipFile zip, Budget budget) {
    this.place = place;
    this.zip = zip;
    this.budget = budget;
  }

  /**
   * @param place of the archive, for messages
   */
  static Zip open(String place, Path file, Budget budget) throws IOException {
    return open(place, FileChannel.open(file), budget);
  }

  static Zip open(String place, byte[] bytes, Budget budget) throws IOException {
    return open(place, new SeekableInMemoryByteChannel(bytes), budget);
  }

  private static Zip open(String place, SeekableByteChannel channel, Budget budget)
      throws IOException {
    LimitedChannel limited = new LimitedChannel(channel, budget);
    try {
      ZipFile zip =
          ZipFile.builder()
              .setSeekableByteChannel(limited)
              .setIgnoreLocalFileHeader(true)
              .setCharset(StandardCharsets.UTF_8)
              .get();
      limited.left = Long.MAX_VALUE;
      return new Zip(place, zip, budget);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw UnpackedStream.damaged(place, e);
    }
  }

  /**
   * A channel that is read to a limit: while the archive is opened, its central directory is read
   * into memory.
   */
  private static final class LimitedChannel implements SeekableByteChannel {
    private final SeekableByteChannel channel;
    private final Budget budget;
    private long left;

    LimitedChannel(SeekableByteChannel channel, Budget budget) {
      this.channel = channel;
      this.budget = budget;
      this.left = (1 << 20) + (long) BYTES_OF_ENTRY * budget.mostEntries();
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
      int count = channel.read(to);
      left -= Math.max(0, count);
      if (left < 0) {
        throw budget.tooMany();
      }
      return count;
    }

    @Override
    public int write(ByteBuffer from) {
      throw new UnsupportedOperationException("an archive is only read");
    }

    @Override
    public long position() throws IOException {
      return channel.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
      channel.position(position);
      return this;
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new UnsupportedOperationException("an archive is only read");
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** Reads the archive's files, in the order of its central directory; links are none. */
  void read(EntryReader to) throws IOException {
    for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
      budget.entry();
      if (!entry.isDirectory() && !entry.isUnixSymlink()) {
        to.entry(entry.getName(), () -> open(entry));
      }
    }
  }

  /** Returns whether this is an EPUB e-book. */
  boolean isEpub() {
    return zip.getEntry(EpubText.CONTAINER) != null;
  }

  /** Returns what this is if it is a document of another program: "a Word document; ...". */
  Optional<String> describeDocument() throws IOException {
    List<String> names = new ArrayList<>();
    zip.getEntries().asIterator().forEachRemaining(entry -> names.add(entry.getName()));
    byte[] type = read(MIME_TYPE);
    String start = type == null ? "" : MIME_TYPE + new String(type, StandardCharsets.ISO_8859_1);
    return FileKind.describeDocument(start, String.join("\n", names));
  }

  /** Returns what an entry holds; null if there is none of that name. */
  byte[] read(String name) throws IOException {
    ZipArchiveEntry entry = zip.getEntry(name);
    if (entry == null) {
      return null;
    }
    try (InputStream in = open(entry)) {
      return in.readAllBytes();
    }
  }

  /**
   * Opens an entry.
   *
   * @throws CorpusException if it is damaged or encrypted
   */
  private InputStream open(ZipArchiveEntry entry) throws CorpusException {
    String name = place + CorpusInput.SEPARATOR + entry.getName();
    if (entry.getGeneralPurposeBit().usesEncryption()) {
      throw new NoTextException(
          name + " is encrypted; unpack it with its password first", "encrypted");
    }
    try {
      return new UnpackedStream(name, zip.getInputStream(entry), budget, entry.getCrc());
    } catch (IOException | RuntimeException e) {
      throw UnpackedStream.damaged(name, e);
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
