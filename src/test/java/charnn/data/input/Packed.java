package charnn.data.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Packed files and documents for tests. */
public final class Packed {
  private Packed() {}

  private interface Wrapping {
    OutputStream around(OutputStream out) throws IOException;
  }

  private static byte[] packed(byte[] bytes, Wrapping wrapping) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream packing = wrapping.around(out)) {
      packing.write(bytes);
    }
    return out.toByteArray();
  }

  public static byte[] gzip(byte[] bytes) throws IOException {
    return packed(bytes, GZIPOutputStream::new);
  }

  /** Compresses as the program of an ending does: gz, bz2, xz or zst. */
  public static byte[] compressed(String ending, byte[] bytes) throws IOException {
    return switch (ending) {
      case "gz" -> gzip(bytes);
      case "bz2" -> packed(bytes, BZip2CompressorOutputStream::new);
      case "xz" -> packed(bytes, out -> new XZOutputStream(out, new LZMA2Options(0)));
      case "zst" -> packed(bytes, out -> new ZstdOutputStream(out).setChecksum(true));
      default -> throw new IllegalArgumentException(ending);
    };
  }

  /**
   * @param namesAndContents in turn, contents as String or byte[]
   */
  public static byte[] zip(Object... namesAndContents) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        byte[] content = bytes(namesAndContents[i + 1]);
        ZipEntry entry = new ZipEntry((String) namesAndContents[i]);
        if (entry.getName().equals("mimetype")) {
          CRC32 crc = new CRC32();
          crc.update(content);
          entry.setMethod(ZipEntry.STORED);
          entry.setSize(content.length);
          entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  /**
   * @param namesAndContents in turn; a content of null makes a symbolic link to /etc/passwd
   */
  public static byte[] tar(Object... namesAndContents) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (int i = 0; i < namesAndContents.length; i += 2) {
        String name = (String) namesAndContents[i];
        if (namesAndContents[i + 1] == null) {
          TarArchiveEntry link = new TarArchiveEntry(name, TarConstants.LF_SYMLINK, true);
          link.setLinkName("/etc/passwd");
          tar.putArchiveEntry(link);
        } else {
          byte[] content = bytes(namesAndContents[i + 1]);
          TarArchiveEntry entry = new TarArchiveEntry(name, true);
          entry.setSize(content.length);
          tar.putArchiveEntry(entry);
          tar.write(content);
        }
        tar.closeArchiveEntry();
      }
    }
    return out.toByteArray();
  }

  private static byte[] bytes(Object content) {
    return content instanceof String text ? text.getBytes(UTF_8) : (byte[]) content;
  }

  /** Returns a PDF document with a page for each text, whose lines are set one below another. */
  public static byte[] pdf(String... pages) throws IOException {
    try (PDDocument document = document(pages)) {
      return saved(document);
    }
  }

  /**
   * @param password that is needed to read it; empty: none, but nothing may be taken out
   */
  public static byte[] encryptedPdf(String password, String page) throws IOException {
    try (PDDocument document = document(page)) {
      AccessPermission nothing = new AccessPermission();
      nothing.setCanExtractContent(false);
      document.protect(new StandardProtectionPolicy("owner", password, nothing));
      return saved(document);
    }
  }

  private static byte[] saved(PDDocument document) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    document.save(out);
    return out.toByteArray();
  }

  private static PDDocument document(String... pages) throws IOException {
    PdfText.prepare();
    PDDocument document = new PDDocument();
    for (String text : pages) {
      PDPage page = new PDPage();
      document.addPage(page);
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
        content.beginText();
        content.setLeading(14);
        content.newLineAtOffset(72, 700);
        for (String line : text.split("\n")) {
          content.showText(line);
          content.newLine();
        }
        content.endText();
      }
    }
    return document;
  }

  /** Returns an e-book of chapters, c1.xhtml and on, each in XHTML's body. */
  public static byte[] epub(String... bodies) throws IOException {
    return zip(epubEntries(bodies));
  }

  /** Returns the entries of {@link #epub}, to change them. */
  public static Object[] epubEntries(String... bodies) {
    Object[] entries = new Object[2 * (bodies.length + 3)];
    StringBuilder items = new StringBuilder();
    StringBuilder spine = new StringBuilder();
    for (int i = 0; i < bodies.length; i++) {
      String name = "c" + (i + 1) + ".xhtml";
      // The manifest has them in another order than the spine.
      items.insert(
          0,
          "<item id='i%d' href='text/%s' media-type='application/xhtml+xml'/>".formatted(i, name));
      spine.append("<itemref idref='i%d'/>".formatted(i));
      entries[2 * (i + 3)] = "OEBPS/text/" + name;
      entries[2 * (i + 3) + 1] =
          "<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml'>"
              + "<head><title/></head><body>"
              + bodies[i]
              + "</body></html>";
    }
    entries[0] = "mimetype";
    entries[1] = "application/epub+zip";
    entries[2] = "META-INF/container.xml";
    entries[3] =
        "<?xml version='1.0'?><container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'>"
            + "<rootfiles><rootfile full-path='OEBPS/book.opf'/></rootfiles></container>";
    entries[4] = "OEBPS/book.opf";
    entries[5] =
        "<?xml version='1.0'?><opf:package xmlns:opf='http://www.idpf.org/2007/opf'><opf:manifest>"
            + items.toString().replace("<item", "<opf:item")
            + "</opf:manifest><opf:spine>"
            + spine.toString().replace("<itemref", "<opf:itemref")
            + "</opf:spine></opf:package>";
    return entries;
  }
}
