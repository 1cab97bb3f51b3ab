package charnn.proofread;

import charnn.data.OriginalText;
import charnn.data.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;

/**
 * A text as models with a vocabulary read it. A character that they do not know is read as one that
 * looks alike, such as a straight quotation mark for a curly one. Without any, it is left out.
 *
 * @param tokens token ids
 * @param offsets of each token's character in the text
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
    char[] tokens = new char[text.length()];
    int[] offsets = new int[text.length()];
    int[] unknown = new int[text.length()];
    int n = 0;
    int unknowns = 0;
    int alike = 0;
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      int codePoint = text.codePointAt(at);
      int token = vocabulary.indexOf(codePoint);
      OptionalInt closest = token >= 0 ? OptionalInt.of(token) : vocabulary.closest(codePoint);
      if (closest.isEmpty()) {
        unknown[unknowns++] = at;
      } else {
        alike += token < 0 ? 1 : 0;
        offsets[n] = at;
        tokens[n++] = (char) closest.getAsInt();
      }
    }
    return new ReadText(
        original,
        vocabulary,
        Arrays.copyOf(tokens, n),
        Arrays.copyOf(offsets, n),
        Arrays.copyOf(unknown, unknowns),
        alike);
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
   * Returns what is found in the text, in its order: the corrections, and each unknown character.
   * One that is missing where an unknown character stands belongs in its place.
   *
   * @param corrections of the tokens, in their order
   */
  public List<Finding> findings(List<Correction> corrections) {
    List<Finding> findings = new ArrayList<>();
    int next = 0; // of the unknown ones
    for (Correction correction : corrections) {
      int at = offset(correction.at());
      int end = offset(correction.end());
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
        int last = correction.kind().removed() == 0 ? at : after(offsets[correction.end() - 1]);
        findings.add(
            new Finding(
                correction.kind(),
                at,
                Math.min(end, last),
                reading(correction),
                correction.bits()));
      }
    }
    for (; next < unknown.length; next++) {
      findings.add(unknown(next, null, 0));
    }
    return findings;
  }

  private Finding unknown(int index, String likelier, double bits) {
    return new Finding(null, unknown[index], after(unknown[index]), likelier, bits);
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

  /** Returns the likelier characters; those of the text itself where they only change places. */
  private String reading(Correction correction) {
    StringBuilder reading = new StringBuilder();
    if (correction.kind() == ErrorKind.SWAPPED) {
      return reading
          .appendCodePoint(original.text().codePointAt(offsets[correction.at() + 1]))
          .appendCodePoint(original.text().codePointAt(offsets[correction.at()]))
          .toString();
    }
    for (char token : correction.inserted()) {
      reading.appendCodePoint(vocabulary.codePoint(token));
    }
    return reading.toString();
  }

  /** Returns the text with the likelier characters in place. */
  public String corrected(List<Finding> findings) {
    StringBuilder corrected = new StringBuilder();
    int from = 0;
    for (Finding finding : findings) {
      if (finding.likelier() != null) {
        corrected.append(original.text(), from, finding.from()).append(finding.likelier());
        from = finding.to();
      }
    }
    return corrected.append(original.text(), from, original.text().length()).toString();
  }
}
