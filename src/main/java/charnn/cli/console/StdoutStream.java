package charnn.cli.console;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Standard output that keeps the exception of a failure. A PrintStream only keeps a flag. */
public final class StdoutStream extends FilterOutputStream {
  private IOException failure;

  public StdoutStream(OutputStream out) {
    super(new BufferedOutputStream(out));
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /**
   * Returns the exception of a failed write, or null. A reader that has left, such as `head`, is no
   * failure.
   */
  public IOException failure() {
    boolean readerLeft =
        failure != null && String.valueOf(failure.getMessage()).contains("Broken pipe");
    return readerLeft ? null : failure;
  }
}
