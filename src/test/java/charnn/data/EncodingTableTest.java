package charnn.data;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.util.Formats;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Texts of many languages, encodings and lengths are decoded without their encoding being given. A
 * refusal is no damage; a wrong text is. The rates are published in the tests' report.
 */
class EncodingTableTest {
  private static final List<String> UNICODE =
      List.of("UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE");
  private static final String ASCII = "a quiet day at the mill. ".repeat(360);

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
    forEachLanguage(
        sample -> {
          for (String encoding : sample.encodings()) {
            for (int size : new int[] {40, 100, 400, 2_000}) {
              for (String text : texts(sample.text(), encoding, size, 4)) {
                count(kind(size), encoding, text);
              }
            }
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
  void everyFormOfUnicodeIsFoundOut() {
    forEachLanguage(
        sample -> {
          for (String encoding : UNICODE) {
            for (int size : new int[] {40, 100, 400, 100_000}) {
              for (String text : texts(sample.text(), encoding, size, 2)) {
                count(encoding, encoding, text);
              }
            }
          }
        });
    UNICODE.forEach(encoding -> assertAtLeast(encoding, 1, 0));
  }

  private void assertAtLeast(String kind, double rate, double wrong) {
    Tally tally = tallies.get(kind);
    assertThat(tally.wrong).as(kind).hasSizeLessThanOrEqualTo((int) (wrong * tally.all()));
    assertThat(tally.rate()).as("%s: %s", kind, tally).isGreaterThanOrEqualTo(rate);
  }

  private static String kind(int size) {
    return Formats.format("%,9d bytes", size);
  }

  private static void forEachLanguage(Consumer<LanguageSamples.Sample> check) {
    LanguageSamples.ALL.values().parallelStream().forEach(check);
  }

  /** Decodes a text. Called by any thread. */
  private void count(String kind, String encoding, String text) {
    byte[] bytes = text.getBytes(Charset.forName(encoding));
    try {
      Decoder.Decoded decoded = Decoder.decode("book.txt", bytes, null, BadBytes.FAIL);
      assertThat(decoded.text().chars().filter(c -> Trial.isStrayControl((char) c))).isEmpty();
      add(
          kind,
          tally -> {
            if (decoded.text().equals(text)) {
              tally.right++;
            } else {
              tally.wrong.add(encoding + ": " + decoded.notes());
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
