package charnn.eval;

import charnn.data.FoldedText;
import charnn.data.PlacedText;
import charnn.data.Spacing;
import charnn.data.SuffixAutomaton;
import charnn.data.TrainValidationSplit;
import charnn.data.WhiteSpace;
import charnn.model.Hyperparameters;
import java.util.Arrays;
import java.util.function.DoubleConsumer;

/**
 * How much of a text is copied from a book, beside how much the book's own last part shares with
 * the rest of it. That part is what training holds out by default: pages of the author that a model
 * has not seen.
 *
 * @param overlap of the text with the book
 * @param passage the longest that both share, the first of those in the book; null if there is none
 * @param baseline null if the book is too short for one
 */
public record Novelty(Overlap overlap, Passage passage, NoveltyBaseline baseline) {
  /** A shorter passage may stand in any two texts of one author. */
  public static final int COPIED = 40;

  /** A longer passage is worth a mention, alone as it may be. */
  public static final int LONG = 80;

  /** The n-grams that tell a text in the book's language from one in another, or in none. */
  public static final int WORD = 5;

  /** The last part has at most so many characters, or as many as the text. */
  private static final int MOST_HELD_OUT = 100_000;

  private static final int LEAST_HELD_OUT = 500;
  private static final double COPY = 0.9;
  private static final double MUCH = 0.1;
  private static final double TOLERANCE = 0.01;
  private static final double STRANGE = 0.1;
  private static final int REPORT_MASK = (1 << 16) - 1;

  /**
   * A passage that text and book share.
   *
   * @param text its characters
   * @param length the number of them
   */
  public record Passage(
      String text, int length, PlacedText.Place inBook, PlacedText.Place inText) {}

  /** What the figures say. */
  public enum Verdict {
    /** The text is shorter than a passage that counts as copied. */
    TOO_SHORT,
    /** Nearly all of the text stands in the book. */
    COPY,
    /** A tenth more of the text is copied than of the author's own unseen pages. */
    MUCH_COPIED,
    /** More is copied than of the author's own pages, or a passage longer than any in them. */
    PARTLY_COPIED,
    /** No more is copied, but the text has sequences of letters that are foreign to the book. */
    UNLIKE,
    /** No more is copied than of the author's own unseen pages. */
    ORIGINAL
  }

  /**
   * Compares a text with a book, in linear time. The memory is 100 bytes for each character of the
   * text.
   *
   * @param progress receives the fraction that is done, now and then
   */
  public static Novelty of(
      PlacedText text, PlacedText book, Spacing spacing, DoubleConsumer progress) {
    return new Comparison(text, book, spacing, progress).novelty();
  }

  /** Returns what the figures say. */
  public Verdict verdict() {
    double copied = overlap.copiedFraction(COPIED);
    double usual = baseline == null ? 0 : baseline.copiedFraction(COPIED);
    double limit = usual + TOLERANCE;
    int longest = LONG;
    if (baseline != null) {
      limit = Math.max(limit, baseline.high(part -> part.copiedFraction(COPIED)));
      longest = Math.max(longest, baseline.longest());
    }
    if (overlap.characters() < COPIED) {
      return Verdict.TOO_SHORT;
    }
    if (copied >= COPY) {
      return Verdict.COPY;
    }
    if (copied > limit && copied >= usual + MUCH) {
      return Verdict.MUCH_COPIED;
    }
    if (copied > limit || overlap.longest() > longest) {
      return Verdict.PARTLY_COPIED;
    }
    return isUnlike() ? Verdict.UNLIKE : Verdict.ORIGINAL;
  }

  private boolean isUnlike() {
    return baseline != null
        && overlap.novelFraction(WORD) > 2 * baseline.novelFraction(WORD) + STRANGE
        && overlap.novelFraction(WORD) > baseline.high(part -> part.novelFraction(WORD));
  }

  /**
   * What reading the book found.
   *
   * @param longest characters of the longest passage
   * @param part of the book in which it stands first; null if there is none
   * @param index of its first character among the characters of that part
   */
  private record Match(Overlap overlap, int longest, PlacedText.Part part, int index) {}

  /** One comparison. */
  private static final class Comparison {
    private final PlacedText text;
    private final PlacedText book;
    private final Spacing spacing;
    private final DoubleConsumer progress;
    private final int[] characters; // of the text
    private final int[] heldOut; // the first characters of the book's last part
    private final int cut; // offset in the book where that part begins
    private final double work;
    private double done;

    Comparison(PlacedText text, PlacedText book, Spacing spacing, DoubleConsumer progress) {
      this.text = text;
      this.book = book;
      this.spacing = spacing;
      this.progress = progress;
      characters = FoldedText.of(text.text(), spacing);
      String all = book.text();
      long training =
          TrainValidationSplit.trainingLength(
              all.codePointCount(0, all.length()), Hyperparameters.VALIDATION_FRACTION);
      cut = all.offsetByCodePoints(0, (int) training);
      heldOut =
          new FoldedText(all, cut, all.length(), spacing)
              .read(Math.max(MOST_HELD_OUT, characters.length));
      work = (double) characters.length + all.length() + heldOut.length + cut;
    }

    Novelty novelty() {
      Match match = match(characters, book.text().length());
      NoveltyBaseline baseline =
          heldOut.length < LEAST_HELD_OUT
              ? null
              : new NoveltyBaseline(match(heldOut, cut).overlap, characters.length);
      return new Novelty(match.overlap, match.part == null ? null : passage(match), baseline);
    }

    /** Compares characters with the book up to an offset. */
    private Match match(int[] compared, int end) {
      double before = done;
      SuffixAutomaton automaton =
          new SuffixAutomaton(compared, built -> progress.accept((before + built) / work));
      done += compared.length;
      int longest = 0;
      PlacedText.Part found = null;
      int index = 0;
      for (PlacedText.Part part : book.parts()) {
        FoldedText reader =
            new FoldedText(book.text(), part.from(), Math.min(part.to(), end), spacing);
        automaton.restart();
        int read = 0;
        for (int c = reader.next(); c != FoldedText.END; c = reader.next()) {
          automaton.read(c);
          read++;
          if (automaton.matched() > longest) {
            longest = automaton.matched();
            found = part;
            index = read - longest;
          }
          if ((read & REPORT_MASK) == 0) {
            progress.accept((done + reader.offset() - part.from()) / work);
          }
        }
        done += Math.max(0, Math.min(part.to(), end) - part.from());
      }
      return new Match(Overlap.of(automaton.sharedLengths()), longest, found, index);
    }

    /** Returns the longest passage, with its places in the book and, the first, in the text. */
    private Passage passage(Match match) {
      int[] passage = reader(match.part).skip(match.index).read(match.longest);
      int end = match.longest;
      while (match.overlap.length(end - 1) < match.longest
          || !Arrays.equals(characters, end - match.longest, end, passage, 0, match.longest)) {
        end++;
      }
      FoldedText inBook = reader(match.part).skip(match.index);
      FoldedText inText = new FoldedText(text.text(), spacing).skip(end - match.longest);
      return new Passage(
          new String(passage, 0, passage.length),
          match.longest,
          book.place(visibleOffset(inBook, match.longest)),
          text.place(visibleOffset(inText, match.longest)));
    }

    private FoldedText reader(PlacedText.Part part) {
      return new FoldedText(book.text(), part.from(), part.to(), spacing);
    }

    /** Returns the offset of the first character that is not white space, or of the last. */
    private static int visibleOffset(FoldedText reader, int length) {
      int character = reader.next();
      for (int i = 1; i < length && WhiteSpace.is(character); i++) {
        character = reader.next();
      }
      return reader.offset();
    }
  }
}
