package charnn.data.input;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.LongConsumer;
import org.tukaani.xz.FinishableWrapperOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.UnsupportedOptionsException;

/** Tells how well xz packs a text, with the settings of {@code xz -9}, in memory. */
public final class XzSize {
  private static final int BLOCK = 1 << 16;

  private XzSize() {}

  /**
   * Returns to how many bytes the first of some are packed, without the container's own.
   *
   * <p>The dictionary is as large as they are, so that each is predicted from all before it; the
   * encoder takes about eleven times that memory.
   *
   * @param length of what is packed
   * @param progress called with the number of bytes packed so far
   */
  public static long of(byte[] bytes, int length, LongConsumer progress) {
    Counter counter = new Counter();
    try (OutputStream xz =
        options(length).getOutputStream(new FinishableWrapperOutputStream(counter))) {
      for (int at = 0; at < length; at += BLOCK) {
        xz.write(bytes, at, Math.min(BLOCK, length - at));
        progress.accept(Math.min(length, at + BLOCK));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return counter.bytes;
  }

  private static LZMA2Options options(int length) throws UnsupportedOptionsException {
    LZMA2Options options = new LZMA2Options(LZMA2Options.PRESET_MAX);
    options.setDictSize(
        Math.max(LZMA2Options.DICT_SIZE_MIN, Math.min(options.getDictSize(), length)));
    return options;
  }

  private static final class Counter extends OutputStream {
    private long bytes;

    @Override
    public void write(int value) {
      bytes++;
    }

    @Override
    public void write(byte[] written, int offset, int length) {
      bytes += length;
    }
  }
}
