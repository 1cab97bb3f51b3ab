package charnn.data.input;

import charnn.data.CorpusException;
import charnn.data.NoTextException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;
import org.apache.fontbox.FontBoxFont;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.font.CIDFontMapping;
import org.apache.pdfbox.pdmodel.font.FontMapper;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.font.FontMapping;
import org.apache.pdfbox.pdmodel.font.PDCIDSystemInfo;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;
import org.apache.pdfbox.text.PDFTextStripper;

/** The text of a PDF document, page after page. */
final class PdfText {
  private static boolean isPrepared;

  private PdfText() {}

  /**
   * Returns the text.
   *
   * @param place of the document, for messages
   * @throws NoTextException if it is encrypted, or has no text
   */
  static String of(String place, byte[] bytes) throws CorpusException {
    prepare();
    String text;
    try (PDDocument document = Loader.loadPDF(bytes)) {
      if (!document.getCurrentAccessPermission().canExtractContent()) {
        throw encrypted(place);
      }
      PDFTextStripper stripper = new PDFTextStripper();
      stripper.setLineSeparator("\n");
      stripper.setParagraphEnd("\n");
      stripper.setPageEnd("\n");
      text = stripper.getText(document);
    } catch (InvalidPasswordException | NoClassDefFoundError e) { // or a kind of encryption
      throw encrypted(place);
    } catch (CorpusException e) {
      throw e;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw UnpackedStream.damaged(place, e);
    }
    if (text.isBlank()) {
      throw new NoTextException(
          place
              + " is a PDF document without text: its pages are pictures; recognize the text first, for instance with ocrmypdf",
          "a PDF document without text");
    }
    String lines = text.lines().map(String::stripTrailing).collect(Collectors.joining("\n"));
    return lines.replaceAll("\\n{3,}", "\n\n").strip() + "\n";
  }

  private static NoTextException encrypted(String place) {
    return new NoTextException(
        place
            + " is an encrypted PDF document; remove its password first, for instance with qpdf, if you may",
        "an encrypted PDF document");
  }

  /**
   * Lets PDFBox use its own font for those that a document lacks. It would look through all fonts
   * of the system, and save a list of them in the user's folder.
   */
  static synchronized void prepare() {
    if (!isPrepared) {
      FontMappers.set(new OneFont());
      isPrepared = true;
    }
  }

  private static final class OneFont implements FontMapper {
    private static final String RESOURCE =
        "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    private final TrueTypeFont font;

    OneFont() {
      try (InputStream in = PDDocument.class.getResourceAsStream(RESOURCE)) {
        font = new TTFParser().parse(new RandomAccessReadBuffer(in));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public FontMapping<TrueTypeFont> getTrueTypeFont(String name, PDFontDescriptor descriptor) {
      return new FontMapping<>(font, true);
    }

    @Override
    public FontMapping<FontBoxFont> getFontBoxFont(String name, PDFontDescriptor descriptor) {
      return new FontMapping<>(font, true);
    }

    @Override
    public CIDFontMapping getCIDFont(
        String name, PDFontDescriptor descriptor, PDCIDSystemInfo system) {
      return new CIDFontMapping(null, font, true);
    }
  }
}
