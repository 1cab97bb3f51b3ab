package charnn.data;

import static charnn.util.Formats.format;

import charnn.util.Sentence;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.regex.Matcher;

/**
 * Divides texts into documents, and passes them on as one text, the document mark after each.
 * Documents of nothing but white space are left out, and those that came before.
 *
 * <p>A file is passed on as it is. Of other documents, white space at the end is cut off, and blank
 * lines at the beginning; all but lines get a line end, so that the mark, read as one too, makes an
 * empty line. A text that is divided by a separator is in memory up to the next one.
 */
final class DocumentSink implements CorpusSink {
  private static final int PASSED_AT_ONCE = 1 << 16;

  /** Characters before a document in which a separator may look for what is before it. */
  private static final int LOOK_BEHIND = 1 << 10;

  private final DocumentUnit unit;
  private final CorpusSink sink;
  private final int atOnce;
  private final SeenHashes seen = new SeenHashes();
  private final MessageDigest digest;
  private final StringBuilder pending = new StringBuilder(); // the start of a line or document
  private final StringBuilder lines = new StringBuilder(); // of the document until a blank line
  private final StringBuilder joined = new StringBuilder(); // to pass on
  private int from; // where the document begins in what is pending, if separators are searched
  private int skipped; // characters after that where the search begins
  private int searchAt; // pending characters
  private boolean begun;
  private long documents;
  private long repeated;

  DocumentSink(DocumentUnit unit, CorpusSink sink) {
    this(unit, sink, PASSED_AT_ONCE);
  }

  /**
   * @param atOnce characters that are passed on, or searched, at once
   */
  DocumentSink(DocumentUnit unit, CorpusSink sink, int atOnce) {
    this.unit = unit;
    this.sink = sink;
    this.atOnce = atOnce;
    searchAt = atOnce;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void begin(PlacedText.Place place) throws CorpusException {
    endText();
    if (!begun) {
      sink.begin(place);
    }
    begun = true;
    if (unit.isFile()) {
      if (documents > 0) {
        sink.append(SpecialSymbols.DOCUMENT_MARK);
      }
      documents++;
    }
  }

  @Override
  public void append(String characters) throws CorpusException {
    if (unit.isFile()) {
      sink.append(characters);
      return;
    }
    int searched = pending.length();
    pending.append(characters);
    if (unit.kind() == DocumentUnit.Kind.SEPARATOR) {
      if (pending.length() >= searchAt) {
        divide(false);
      }
    } else {
      int begin = 0;
      for (int end = pending.indexOf("\n", searched);
          end >= 0;
          end = pending.indexOf("\n", begin)) {
        line(pending.substring(begin, end));
        begin = end + 1;
      }
      pending.delete(0, begin);
    }
  }

  private void line(String line) throws CorpusException {
    if (unit.kind() == DocumentUnit.Kind.LINE) {
      add(line.stripTrailing(), "");
    } else if (line.isBlank()) {
      endLines();
    } else {
      lines.append(line).append('\n');
    }
  }

  private void endLines() throws CorpusException {
    add(lines.toString().stripTrailing(), "\n");
    lines.setLength(0);
  }

  private void endText() throws CorpusException {
    if (unit.kind() == DocumentUnit.Kind.SEPARATOR) {
      divide(true);
    } else if (!pending.isEmpty()) {
      line(pending.toString());
    }
    restart();
    endLines();
    pass();
  }

  /**
   * Passes on the documents that end in what is pending. Where more text might change what matches,
   * it is waited for.
   *
   * @param isAll whether the text ends here
   */
  private void divide(boolean isAll) throws CorpusException {
    Matcher matcher = unit.pattern().matcher(pending);
    matcher.useTransparentBounds(true).useAnchoringBounds(false);
    matcher.region(Math.min(from + skipped, pending.length()), pending.length());
    try {
      while (matcher.find() && (isAll || !matcher.hitEnd())) {
        tidied(pending.substring(from, matcher.start()));
        from = matcher.end();
        skipped = matcher.end() == matcher.start() ? 1 : 0; // as find() goes on
      }
    } catch (StackOverflowError e) { // of Java's matcher, in a long match of alternatives
      throw new CorpusException(
          "the regular expression between documents matches too long a part of the text; give a simpler one");
    }
    if (isAll) {
      tidied(pending.substring(from));
      restart();
      return;
    }
    int unneeded = Math.max(0, from - LOOK_BEHIND);
    pending.delete(0, unneeded);
    from -= unneeded;
    searchAt = Math.max(atOnce, 2 * (pending.length() - from));
  }

  private void restart() {
    pending.setLength(0);
    from = 0;
    skipped = 0;
    searchAt = atOnce;
  }

  private void tidied(String part) throws CorpusException {
    String document = part.stripTrailing();
    int first = document.length() - document.stripLeading().length();
    add(document.substring(document.lastIndexOf('\n', first) + 1), "\n");
  }

  /** Adds a document without white space at its end, which may be empty. */
  private void add(String document, String end) throws CorpusException {
    if (document.isEmpty()) {
      return;
    }
    byte[] hash = digest.digest(document.getBytes(StandardCharsets.UTF_8));
    if (seen.isRepeated(ByteBuffer.wrap(hash).getLong())) {
      repeated++;
      return;
    }
    documents++;
    joined.append(document).append(end).append(SpecialSymbols.DOCUMENT_MARK);
    if (joined.length() >= atOnce) {
      pass();
    }
  }

  /** Counts a document that is left out without having been added. */
  void dropped() {
    repeated++;
  }

  private void pass() throws CorpusException {
    if (!joined.isEmpty()) {
      sink.append(joined.toString());
      joined.setLength(0);
    }
  }

  @Override
  public void end() throws CorpusException {
    endText();
    if (unit.isFile() && (unit.kind() == DocumentUnit.Kind.FILE || documents > 1)) {
      sink.append(SpecialSymbols.DOCUMENT_MARK);
    }
  }

  /** Returns what is there now. Documents within a text are not taken away from those seen. */
  @Override
  public Mark mark() throws CorpusException {
    endText();
    boolean begunBefore = begun;
    long documentsBefore = documents;
    Mark before = sink.mark();
    return () -> {
      restart();
      begun = begunBefore;
      documents = documentsBefore;
      before.back();
    };
  }

  @Override
  public CorpusText finish(List<Corpus.Source> sources, List<Sentence> notes)
      throws CorpusException {
    return sink.finish(sources, notes);
  }

  /** Returns how many documents there are, and how many were left out. */
  @Override
  public List<Sentence> notes() {
    return unit.kind() == DocumentUnit.Kind.FILE_IF_SEVERAL && documents < 2
        ? List.of()
        : List.of(
            Sentence.of(
                "%s document%s: %s%s",
                format("%,d", documents),
                documents == 1 ? "" : "s",
                unit.describe(),
                repeated == 0 && !seen.isFull()
                    ? ""
                    : format(
                        "; dropped %,d exact duplicate%s%s",
                        repeated,
                        repeated == 1 ? "" : "s",
                        seen.isFull()
                            ? format(" of the first %,d different ones", SeenHashes.MOST)
                            : "")));
  }
}
