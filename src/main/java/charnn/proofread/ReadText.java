package charnn.proofread;

import charnn.data.OriginalText;
import charnn.data.Vocabulary;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A text as models with a vocabulary read it. A character that they do not know is read as one that
 * looks alike, such as a straight quotation mark for a curly one, or as the letters of a ligature.
 * Without any, it is left out.
 *
 * @param tokens token ids
 * @param offsets of each token's character in the text; those of a ligature have the same
 * @param unknown offsets of the characters that are left out
 * @param alike number of characters that are read as others
 */
public record ReadText(
    OriginalText original,
    Vocabulary vocabulary,
    char[] tokens,
    int[] offsets,
    int[] unknown,
    int alike) {
  public static ReadText of(OriginalText original, Vocabulary vocabulary) {
    String text = original.text();
    StringBuilder tokens = new StringBuilder(text.length());
    int[] offsets = new int[text.length()];
    int[] unknown = new int[text.length()];
    int unknowns = 0;
    int alike = 0;
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      int before = tokens.length();
      int codePoint = text.codePointAt(at);
      if (vocabulary.indexOf(codePoint) >= 0) {
        tokens.append((char) vocabulary.indexOf(codePoint));
      } else {
        alike(codePoint, vocabulary).forEach(token -> tokens.append((char) token));
        if (tokens.length() > before) {
          alike++;
        } else {
          unknown[unknowns++] = at;
        }
      }
      if (tokens.length() > offsets.length) {
        offsets = Arrays.copyOf(offsets, 2 * tokens.length());
      }
      Arrays.fill(offsets, before, tokens.length(), at);
    }
    return new ReadText(
        original,
        vocabulary,
        tokens.toString().toCharArray(),
        Arrays.copyOf(offsets, tokens.length()),
        Arrays.copyOf(unknown, unknowns),
        alike);
  }

  /** Returns the tokens that an unknown character is read as: the letters of a ligature, or one. */
  private static IntStream alike(int codePoint, Vocabulary vocabulary) {
    int[] letters =
        Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKD)
            .codePoints()
            .map(vocabulary::indexOf)
            .toArray();
    return letters.length > 1 && Arrays.stream(letters).allMatch(token -> token >= 0)
        ? Arrays.stream(letters)
        : vocabulary.closest(codePoint).stream();
  }

  /** Returns the indices of the tokens before which an unknown character stands. */
  public BitSet gaps() {
    BitSet gaps = new BitSet(tokens.length);
    for (int offset : unknown) {
      gaps.set(-Arrays.binarySearch(offsets, offset) - 1);
    }
    return gaps;
  }

  /**
   * Returns what is found in the text, in its order: the corrections, and unknown characters. One
   * that is missing where an unknown character stands belongs in its place. An unknown character
   * with nothing in its place is found once.
   *
   * @param corrections of the tokens, in their order
   */
  public List<Finding> findings(List<Correction> corrections) {
    List<Finding> findings = new ArrayList<>();
    int next = 0; // of the unknown ones
    for (Correction correction : corrections) {
      int at = offset(correction.at());
      boolean isMissing = correction.kind() == ErrorKind.MISSING;
      for (; next < unknown.length && unknown[next] < at; next++) {
        boolean isLast = next + 1 == unknown.length || unknown[next + 1] >= at;
        if (isMissing && isLast && isAfter(unknown[next], correction.at())) {
          break;
        }
        findings.add(unknown(next, null, 0));
      }
      if (next < unknown.length && unknown[next] < at) {
        findings.add(unknown(next++, reading(correction), correction.bits()));
      } else {
        int end = end(correction);
        int to = first(correction) == end ? at : after(offsets[end - 1]);
        findings.add(
            new Finding(correction.kind(), at, to, reading(correction), correction.bits(), 1));
      }
    }
    for (; next < unknown.length; next++) {
      findings.add(unknown(next, null, 0));
    }
    return once(findings);
  }

  /** Returns the findings without those of unknown characters that are found before. */
  private List<Finding> once(List<Finding> findings) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (Finding finding : findings) {
      if (finding.likelier() == null) {
        counts.merge(original.text().codePointAt(finding.from()), 1, Integer::sum);
      }
    }
    List<Finding> once = new ArrayList<>();
    for (Finding finding : findings) {
      if (finding.likelier() != null) {
        once.add(finding);
      } else {
        Integer count = counts.remove(original.text().codePointAt(finding.from()));
        if (count != null) {
          once.add(new Finding(null, finding.from(), finding.to(), null, 0, count));
        }
      }
    }
    return once;
  }

  private Finding unknown(int index, String likelier, double bits) {
    return new Finding(null, unknown[index], after(unknown[index]), likelier, bits, 1);
  }

  /** Returns whether an offset is after the token before one. */
  private boolean isAfter(int offset, int token) {
    return token == 0 || offset > offsets[token - 1];
  }

  private int offset(int token) {
    return token < offsets.length ? offsets[token] : original.text().length();
  }

  private int after(int offset) {
    return original.text().offsetByCodePoints(offset, 1);
  }

  /** Returns the first token of the characters in question: of a ligature, that of all letters. */
  private int first(Correction correction) {
    int first = correction.at();
    while (isWithin(first)) {
      first--;
    }
    return first;
  }

  /** Returns the end of the tokens of the characters in question. */
  private int end(Correction correction) {
    int end = correction.end();
    while (isWithin(end)) {
      end++;
    }
    return end;
  }

  /** Returns whether a token and the one before it are letters of one ligature. */
  private boolean isWithin(int token) {
    return token > 0 && token < offsets.length && offsets[token - 1] == offsets[token];
  }

  /**
   * Returns the likelier characters, with the other letters of a ligature; those of the text itself
   * where they only change places.
   */
  private String reading(Correction correction) {
    StringBuilder reading = new StringBuilder();
    int from = first(correction);
    int to = end(correction);
    boolean isWhole = from == correction.at() && to == correction.end();
    if (correction.kind() == ErrorKind.SWAPPED && isWhole) {
      int first = offsets[correction.at()];
      int second = offsets[correction.at() + 1];
      if (first < second) {
        return reading
            .appendCodePoint(original.text().codePointAt(second))
            .appendCodePoint(original.text().codePointAt(first))
            .toString();
      }
    }
    append(reading, Arrays.copyOfRange(tokens, from, correction.at()));
    append(reading, correction.inserted());
    append(reading, Arrays.copyOfRange(tokens, correction.end(), to));
    return reading.toString();
  }

  private void append(StringBuilder reading, char[] letters) {
    for (char letter : letters) {
      reading.appendCodePoint(vocabulary.codePoint(letter));
    }
  }

  /** Returns the text with the likelier characters in place. */
  public String corrected(List<Finding> findings) {
    StringBuilder corrected = new StringBuilder();
    int from = 0;
    for (Finding finding : findings) {
      boolean isLeft = finding.from() >= from; // not so: another letter of a ligature
      if (finding.likelier() != null && isLeft) {
        corrected.append(original.text(), from, finding.from()).append(finding.likelier());
        from = finding.to();
      }
    }
    return corrected.append(original.text(), from, original.text().length()).toString();
  }
}
