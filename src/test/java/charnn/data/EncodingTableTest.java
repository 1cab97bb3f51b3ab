package charnn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.util.Formats;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Texts of many languages, encodings and lengths are decoded without their encoding being given. A
 * refusal is no damage; a wrong text is. The rates are published in the tests' report.
 */
class EncodingTableTest {
  private static final List<String> UNICODE =
      List.of("UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE");
  private static final Map<String, LanguageSamples.Sample> BOTH = new TreeMap<>();
  private static final String ASCII = "a quiet day at the mill. ".repeat(360);

  static {
    LanguageSamples.ALL.forEach((language, sample) -> BOTH.put(language, sample));
    OtherLanguageSamples.ALL.forEach((language, sample) -> BOTH.put(language + " (2)", sample));
  }

  /** What became of the texts of a kind. */
  private static final class Tally {
    int right;
    int refused;
    final List<String> wrong = new ArrayList<>();

    double rate() {
      return right / (double) all();
    }

    int all() {
      return right + refused + wrong.size();
    }

    @Override
    public String toString() {
      return Formats.format(
          "%.1f %% of %d right, %d refused, %d wrong", 100 * rate(), all(), refused, wrong.size());
    }
  }

  private final Map<String, Tally> tallies = new TreeMap<>();

  @Test
  void encodingsOfSingleLanguagesAreFoundOut(TestReporter reporter) {
    countSizesOf(LanguageSamples.ALL);
    forEachLanguage(
        LanguageSamples.ALL,
        sample -> {
          for (String encoding : sample.encodings()) {
            for (int size : new int[] {100, 2_000}) {
              String text = texts(sample.text(), encoding, size, 1).get(0);
              count(kind(size) + " behind 9,000 of ASCII", encoding, ASCII + text);
            }
          }
          for (int size : new int[] {20_000, 1_000_000}) {
            String encoding = sample.encodings().get(0);
            count(kind(size), encoding, texts(sample.text(), encoding, size, 1).get(0));
          }
        });
    tallies.forEach((kind, tally) -> reporter.publishEntry(kind, tally.toString()));
    assertAtLeast(kind(40), 0.88, 0.01);
    assertAtLeast(kind(100), 0.96, 0);
    assertAtLeast(kind(400), 1, 0);
    assertAtLeast(kind(2_000), 1, 0);
    assertAtLeast(kind(20_000), 1, 0);
    assertAtLeast(kind(1_000_000), 1, 0);
    assertAtLeast(kind(100) + " behind 9,000 of ASCII", 0.88, 0);
    assertAtLeast(kind(2_000) + " behind 9,000 of ASCII", 1, 0);
  }

  @Test
  void soAreThoseOfTextsThatNothingWasMadeWith(TestReporter reporter) {
    countSizesOf(OtherLanguageSamples.ALL);
    tallies.forEach((kind, tally) -> reporter.publishEntry(kind, tally.toString()));
    assertAtLeast(kind(40), 0.82, 0);
    assertAtLeast(kind(100), 0.95, 0);
    assertAtLeast(kind(200), 0.99, 0);
    assertAtLeast(kind(400), 1, 0);
    assertAtLeast(kind(2_000), 1, 0);
  }

  /** A damaged text is none in another encoding. */
  @Test
  void oneDamagedByteChangesNoEncoding() {
    forEachLanguage(
        BOTH,
        sample -> {
          for (String encoding :
              Stream.concat(sample.encodings().stream(), UNICODE.stream()).toList()) {
            for (int size : new int[] {200, 2_000}) {
              SplittableRandom random = new SplittableRandom(size);
              for (int i = 0; i < (size == 200 ? 3 : 1); i++) {
                countDamaged(size, encoding, texts(sample.text(), encoding, size, 1), random);
              }
            }
          }
        });
    assertAtLeast(kind(200) + " damaged", 0.93, 0.01);
    assertAtLeast(kind(2_000) + " damaged", 0.95, 0);
  }

  private void countDamaged(
      int size, String encoding, List<String> texts, SplittableRandom random) {
    for (String text : texts) {
      byte[] bytes = text.getBytes(Charset.forName(encoding));
      int at = random.nextInt(bytes.length);
      byte before = bytes[at];
      bytes[at] = (byte) random.nextInt(256);
      String damaged = Trial.text(bytes, 0, Charset.forName(encoding), BadBytes.REPLACE);
      String expected = TextFile.normaliseLineEnds(damaged.replace("\uFEFF", ""));
      count(
          kind(size) + " damaged",
          bytes,
          BadBytes.REPLACE,
          decoded -> isSameButForAPlace(decoded, expected),
          Formats.format("%s, 0x%02X to 0x%02X at %d", encoding, before, bytes[at], at));
    }
  }

  /** What became of the damaged byte itself does not matter. */
  private static boolean isSameButForAPlace(String text, String expected) {
    int length = Math.min(text.length(), expected.length());
    int before = 0;
    while (before < length && text.charAt(before) == expected.charAt(before)) {
      before++;
    }
    int behind = 0;
    while (behind < length - before
        && text.charAt(text.length() - 1 - behind)
            == expected.charAt(expected.length() - 1 - behind)) {
      behind++;
    }
    return Math.max(text.length(), expected.length()) - before - behind <= 4;
  }

  /** Of the decodings that are ranked first with a confidence, about so many are right. */
  @Test
  void theConfidenceIsTheRateOfRightDecodings() {
    double[] sum = new double[3]; // of confidences up to 0.5, up to 0.9 and above
    int[] right = new int[3];
    int[] all = new int[3];
    for (LanguageSamples.Sample sample : OtherLanguageSamples.ALL.values()) {
      String encoding = sample.encodings().get(0);
      for (int size : new int[] {12, 25, 50, 100}) {
        for (String text : texts(sample.text(), encoding, size, 6)) {
          if (text.chars().anyMatch(c -> c >= 0x80)) {
            byte[] bytes = text.getBytes(Charset.forName(encoding));
            List<EncodingDetector.Candidate> ranked = EncodingDetector.rank(bytes);
            EncodingDetector.Candidate best = ranked.get(0);
            double confidence = EncodingDetector.confidence(best, ranked);
            int group = confidence < 0.5 ? 0 : confidence < 0.9 ? 1 : 2;
            sum[group] += confidence;
            right[group] += best.sample().equals(text) ? 1 : 0;
            all[group]++;
          }
        }
      }
    }
    assertThat(all[1]).isGreaterThan(80);
    assertThat(right[1] / (double) all[1]).isCloseTo(sum[1] / all[1], within(0.1));
    assertThat(all[2]).isGreaterThan(400);
    assertThat(right[2] / (double) all[2]).isCloseTo(sum[2] / all[2], within(0.015));
  }

  @Test
  void everyFormOfUnicodeIsFoundOut() {
    forEachLanguage(
        BOTH,
        sample -> {
          for (String encoding : UNICODE) {
            for (int size : new int[] {40, 100, 400, 20_000}) {
              for (String text : texts(sample.text(), encoding, size, size > 400 ? 1 : 2)) {
                count(encoding, encoding, text);
                byte[] marked = ("\uFEFF" + text).getBytes(Charset.forName(encoding));
                count(encoding + " with a mark", marked, BadBytes.FAIL, text::equals, encoding);
              }
            }
          }
        });
    for (String encoding : UNICODE) {
      assertAtLeast(encoding, 1, 0);
      assertAtLeast(encoding + " with a mark", 1, 0);
    }
  }

  private void countSizesOf(Map<String, LanguageSamples.Sample> samples) {
    forEachLanguage(
        samples,
        sample -> {
          for (String encoding : sample.encodings()) {
            for (int size : new int[] {40, 100, 200, 400, 2_000}) {
              for (String text : texts(sample.text(), encoding, size, 4)) {
                count(kind(size), encoding, text);
              }
            }
          }
        });
  }

  private void assertAtLeast(String kind, double rate, double wrong) {
    Tally tally = tallies.get(kind);
    assertThat(tally.wrong).as(kind).hasSizeLessThanOrEqualTo((int) (wrong * tally.all()));
    assertThat(tally.rate()).as("%s: %s", kind, tally).isGreaterThanOrEqualTo(rate);
  }

  private static String kind(int size) {
    return Formats.format("%,9d bytes", size);
  }

  private static void forEachLanguage(
      Map<String, LanguageSamples.Sample> samples, Consumer<LanguageSamples.Sample> check) {
    samples.values().parallelStream().forEach(check);
  }

  private void count(String kind, String encoding, String text) {
    byte[] bytes = text.getBytes(Charset.forName(encoding));
    count(kind, bytes, BadBytes.FAIL, text::equals, encoding);
  }

  /** Decodes a text. Called by any thread. */
  private void count(
      String kind, byte[] bytes, BadBytes badBytes, Predicate<String> isRight, String what) {
    try {
      Decoder.Decoded decoded = Decoder.decode("book.txt", bytes, null, badBytes);
      if (badBytes == BadBytes.FAIL) {
        assertThat(decoded.text().chars().filter(c -> Trial.isStrayControl((char) c))).isEmpty();
      }
      add(
          kind,
          tally -> {
            if (isRight.test(decoded.text())) {
              tally.right++;
            } else {
              tally.wrong.add(what + ": " + decoded.notes());
            }
          });
    } catch (CorpusException e) {
      assertThat(e).hasMessageContaining("book.txt");
      add(kind, tally -> tally.refused++);
    }
  }

  private synchronized void add(String kind, Consumer<Tally> change) {
    change.accept(tallies.computeIfAbsent(kind, k -> new Tally()));
  }

  /** Returns texts of about so many bytes, from several places of a sample. */
  static List<String> texts(String sample, String encoding, int size, int count) {
    Charset charset = Charset.forName(encoding);
    String all = sample;
    while (all.getBytes(charset).length < 2 * size) {
      all += all;
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = sample.length() * i / count / 2;
      int low = from + 1;
      int high = all.length();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (all.substring(from, middle).getBytes(charset).length < size) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      texts.add(all.substring(from, low));
    }
    return texts;
  }
}
