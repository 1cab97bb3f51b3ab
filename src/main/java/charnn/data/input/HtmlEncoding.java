package charnn.data.input;

import charnn.data.DecodingSettings;
import charnn.data.FileKind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The encoding that HTML declares. */
final class HtmlEncoding {
  private static final Pattern DECLARED =
      Pattern.compile(
          "<meta\\b[^>]{0,200}\\bcharset\\s*=\\s*[\"']?\\s*([\\w.:-]+)"
              + "|<\\?xml\\b[^>]{0,200}\\bencoding\\s*=\\s*[\"']([\\w.:-]+)",
          Pattern.CASE_INSENSITIVE);

  private HtmlEncoding() {}

  /**
   * Returns settings with the encoding that HTML declares, unless the user gave another, or the
   * bytes are of none but UTF-8.
   */
  static DecodingSettings declared(byte[] bytes, DecodingSettings settings) {
    if (settings.encoding() != null || settings.rules() == 0) {
      return settings;
    }
    int length = Math.min(bytes.length, FileKind.LOOK_AT);
    String start = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    Matcher declared = DECLARED.matcher(start);
    if (!FileKind.isHtml(start) || !declared.find() || isUtf8(bytes)) {
      return settings;
    }
    try {
      String name = declared.group(declared.group(1) != null ? 1 : 2);
      Charset charset = Charset.forName(name);
      // The declaration is read as ASCII, so that it cannot be true of these.
      return charset.name().startsWith("UTF-") ? settings : settings.withEncoding(charset.name());
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return settings;
    }
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
