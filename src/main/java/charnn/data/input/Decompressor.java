package charnn.data.input;

import charnn.data.CorpusException;
import charnn.data.FileKind;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks files that hold one other. */
final class Decompressor {
  /** Logarithm of the largest window of Zstandard, which files packed with the longest have. */
  private static final int ZSTD_WINDOW = 31;

  private Decompressor() {}

  /**
   * Returns what is packed.
   *
   * @param place of the file, for messages
   */
  static InputStream open(FileKind kind, String place, InputStream in, Budget budget)
      throws CorpusException {
    try {
      return new UnpackedStream(place, open(kind, in), budget);
    } catch (IOException | RuntimeException e) {
      throw UnpackedStream.damaged(place, e);
    } catch (LinkageError e) {
      throw new CorpusException(
          place
              + " is "
              + kind.what()
              + ", for which there is no library on this system; unpack it first",
          e);
    }
  }

  private static InputStream open(FileKind kind, InputStream in) throws IOException {
    return switch (kind) {
      case GZIP ->
          GzipCompressorInputStream.builder()
              .setInputStream(in)
              .setDecompressConcatenated(true)
              .get();
      case BZIP2 -> new BZip2CompressorInputStream(in, true);
      case XZ -> {
        long kilobytes = Runtime.getRuntime().maxMemory() / 4 >> 10; // of the dictionary
        yield new XZInputStream(in, (int) Math.min(Integer.MAX_VALUE, kilobytes));
      }
      case ZSTD -> new ZstdInputStreamNoFinalizer(in).setLongMax(ZSTD_WINDOW);
      default -> throw new IllegalArgumentException(kind + " is not compressed");
    };
  }
}
