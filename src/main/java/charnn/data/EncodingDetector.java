package charnn.data;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Finds the encoding of bytes that are neither UTF-8 nor any other form of Unicode: decodes what
 * stands beyond ASCII, and its neighbourhood, in every encoding that books come in, and ranks what
 * comes out by its {@link Plausibility}.
 */
final class EncodingDetector {
  /** Of several that give the same text the first is named: a superset comes before its parts. */
  private static final String[][] BY_RARITY = {
    {"windows-1252", "windows-1250", "windows-1251", "GB18030", "windows-31j"},
    {"x-windows-949", "x-windows-950", "EUC-JP", "KOI8-R", "windows-1253"},
    {
      "windows-1254",
      "windows-1257",
      "windows-1255",
      "windows-1256",
      "windows-1258",
      "x-windows-874"
    },
    {"ISO-8859-2", "ISO-8859-15", "ISO-8859-7", "ISO-8859-5", "ISO-8859-4", "ISO-8859-13"},
    {"KOI8-U", "IBM866", "IBM850", "IBM437", "IBM852", "ISO-8859-16", "ISO-8859-6", "ISO-8859-8"},
    {"x-MacRoman", "IBM857", "IBM737", "ISO-8859-3", "IBM775", "IBM855", "IBM862", "x-EUC-TW"},
    {
      "x-Johab",
      "IBM864",
      "Big5-HKSCS",
      "x-MacCyrillic",
      "x-MacCentralEurope",
      "x-MacGreek",
      "x-MacTurkish"
    },
  };

  private static final double RARER = 1; // For each row of them, in the logarithm.
  private static final int SAMPLE_BYTES = 1 << 16;
  private static final int ZONES = 8;
  private static final int LONGEST_STRETCH = 1 << 12;

  /**
   * Characters do not follow each other independently: differences of plausibility are worth less
   * than they say, by this factor. With it, of the decodings that are given a confidence of 0.7,
   * about seven in ten are right; it was chosen on texts of 12 to 200 bytes, and holds for others.
   */
  private static final double TEMPER = 1.5;

  private EncodingDetector() {}

  /**
   * An encoding that was tried.
   *
   * @param sample what the sample becomes in it
   * @param plausibility of the sample
   */
  record Candidate(Charset charset, String sample, double plausibility) {}

  /**
   * Returns the probability that a decoding is the right one of several.
   *
   * @param plausibility of the decoding, in nats
   * @param others the plausibilities of the others that give other texts
   */
  static double confidence(double plausibility, DoubleStream others) {
    return 1 / (1 + others.map(other -> Math.exp((other - plausibility) / TEMPER)).sum());
  }

  /**
   * Returns the confidence in one of some candidates, against all that are no more plausible; the
   * others are excluded.
   */
  static double confidence(Candidate best, List<Candidate> ranked) {
    Map<String, Double> others = new HashMap<>(); // the plausibility of each text
    for (Candidate other : ranked) {
      if (other.plausibility <= best.plausibility && !other.sample.equals(best.sample)) {
        others.putIfAbsent(other.sample, other.plausibility);
      }
    }
    return confidence(best.plausibility, others.values().stream().mapToDouble(p -> p));
  }

  /** Returns all encodings that were tried, the most plausible first. */
  static List<Candidate> rank(byte[] bytes) {
    byte[] sample = sample(bytes);
    Plausibility plausibility = new Plausibility(asciiOf(bytes));
    List<Candidate> candidates = new ArrayList<>();
    for (int row = 0; row < BY_RARITY.length; row++) {
      for (String name : BY_RARITY[row]) {
        if (!Charset.isSupported(name)) {
          continue;
        }
        Charset charset = Charset.forName(name);
        String text = Trial.text(sample, 0, charset, BadBytes.REPLACE);
        candidates.add(new Candidate(charset, text, plausibility.of(text, name) - row * RARER));
      }
    }
    candidates.sort(Comparator.comparingDouble(Candidate::plausibility).reversed());
    return candidates;
  }

  /** Returns the words with bytes beyond ASCII, from all over the file. */
  static byte[] sample(byte[] bytes) {
    if (bytes.length <= SAMPLE_BYTES) {
      return bytes;
    }
    byte[] sample = new byte[SAMPLE_BYTES];
    int size = 0;
    for (int zone = 0; zone < ZONES; zone++) {
      int limit = SAMPLE_BYTES / ZONES * (zone + 1);
      int at = (int) ((long) bytes.length * zone / ZONES);
      int end = (int) ((long) bytes.length * (zone + 1) / ZONES);
      if (zone > 0) {
        at = afterBreak(bytes, at - 1, end);
      }
      while (at < end && size < limit) {
        int wordEnd = at;
        boolean beyondAscii = false;
        while (wordEnd < bytes.length && !isBreak(bytes[wordEnd])) {
          beyondAscii |= bytes[wordEnd] < 0;
          wordEnd++;
        }
        int next = Math.min(wordEnd + 1, bytes.length);
        if (beyondAscii) {
          int length = Math.min(next - at, limit - size);
          System.arraycopy(bytes, at, sample, size, length);
          size += length;
          sample[size - 1] = '\n'; // Also where a word is cut off.
        }
        at = next;
      }
    }
    return java.util.Arrays.copyOf(sample, size);
  }

  /** A zone without a break starts within a character, perhaps, and is passed over. */
  private static int afterBreak(byte[] bytes, int from, int end) {
    for (int i = from; i < Math.min(end, from + LONGEST_STRETCH); i++) {
      if (isBreak(bytes[i])) {
        return i + 1;
      }
    }
    return end;
  }

  /** No encoding has these bytes within a character. */
  private static boolean isBreak(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private static String asciiOf(byte[] bytes) {
    int length = Math.min(bytes.length, SAMPLE_BYTES);
    return new String(bytes, 0, length, StandardCharsets.US_ASCII);
  }
}
