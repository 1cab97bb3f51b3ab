package charnn.report;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Writes UTF-8 text to a terminal as {@link VisibleText}. */
public final class VisibleStream extends FilterOutputStream {
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private final VisibleText text = new VisibleText();
  private ByteBuffer begun = ByteBuffer.allocate(0); // an incomplete character

  public VisibleStream(OutputStream terminal) {
    super(terminal);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(begun.remaining() + length);
    in.put(begun).put(bytes, offset, length).flip();
    CharBuffer decoded = CharBuffer.allocate(in.remaining());
    decoder.decode(in, decoded, false);
    begun = in;
    out.write(text.next(decoded.flip().toString()).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void flush() throws IOException {
    out.flush();
    if (out instanceof PrintStream stream && stream.checkError()) {
      throw new IOException("the terminal takes no more");
    }
  }
}
