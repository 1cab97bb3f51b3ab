package charnn.generate;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.data.Vocabulary;
import charnn.engine.registry.EngineType;
import charnn.generate.constraint.BannedPhrases;
import charnn.generate.constraint.Constraint;
import charnn.generate.constraint.CopyLimit;
import charnn.generate.constraint.MatchingText;
import charnn.model.Model;
import charnn.model.Models;
import charnn.predict.LanguageModel;
import charnn.predict.Predictor;
import charnn.predict.SingleModel;
import charnn.util.InvalidSettingException;
import charnn.util.ThreadTeam;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Constraints hold on random texts, and a way is found where there is one. */
class BacktrackingTest {
  private static final long SEED = 5;
  private static final int[] NO_PROMPT = {};
  private static final ThreadTeam ALONE = new ThreadTeam(1);
  private static final Model MODEL = Models.random("ab c", 4, 1);
  private static final LanguageModel TINY = new SingleModel(EngineType.SCALAR.create(ALONE), MODEL);

  @AfterAll
  static void close() {
    ALONE.close();
  }

  private record Texts(List<String> texts, BitSet failed) {}

  private static final class Collected implements TextSink {
    private final List<StringBuilder> texts = new ArrayList<>();
    private final Set<Integer> ended = new HashSet<>();

    Collected(int count) {
      for (int i = 0; i < count; i++) {
        texts.add(new StringBuilder());
      }
    }

    @Override
    public boolean write(int text, int codePoint) {
      assertThat(ended).doesNotContain(text);
      texts.get(text).appendCodePoint(codePoint);
      return true;
    }

    @Override
    public void end(int text) {
      assertThat(ended.add(text)).isTrue();
    }
  }

  private static Texts generate(
      LanguageModel model,
      List<? extends Constraint> constraints,
      String prompt,
      int length,
      int count,
      IntFunction<Sampler> samplers) {
    return generate(ALONE, model, constraints, prompt, length, count, samplers);
  }

  private static Texts generate(
      ThreadTeam workers,
      LanguageModel model,
      List<? extends Constraint> constraints,
      String prompt,
      int length,
      int count,
      IntFunction<Sampler> samplers) {
    Collected collected = new Collected(count);
    int[] read = prompt.codePoints().map(model.vocabulary()::indexOf).toArray();
    BitSet failed =
        new Generator(model, workers, constraints)
            .generate(read, Start.PARAGRAPH, length, count, samplers, collected);
    assertThat(collected.ended).hasSize(count);
    return new Texts(collected.texts.stream().map(StringBuilder::toString).toList(), failed);
  }

  /** Returns one of many ways to sample. */
  private static SamplingSettings sampling(SplittableRandom random) {
    SamplingSettings settings =
        SamplingSettings.ofTemperature(List.of(0.0, 0.3, 1.0, 3.0).get(random.nextInt(4)));
    return switch (random.nextInt(6)) {
      case 0 -> settings.with(new Dry(1 + random.nextInt(4)));
      case 1 -> settings.with(new TopK(1 + random.nextInt(3)));
      case 2 -> settings.with(new TopP(0.5)).with(new Dry(2));
      case 3 -> settings.with(new SurpriseTarget(1));
      default -> settings;
    };
  }

  private static String text(SplittableRandom random, String characters, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(characters.charAt(random.nextInt(characters.length())));
    }
    return text.toString();
  }

  private static List<String> phrases(SplittableRandom random, String characters, int most) {
    return IntStream.range(0, 1 + random.nextInt(most))
        .mapToObj(i -> text(random, characters, 1 + random.nextInt(4)))
        .toList();
  }

  /** Returns all texts of a length. */
  private static List<String> all(String characters, int length) {
    List<String> texts = List.of("");
    for (int i = 0; i < length; i++) {
      texts =
          texts.stream()
              .flatMap(t -> characters.chars().mapToObj(c -> t + Character.toString(c)))
              .toList();
    }
    return texts;
  }

  private static List<String> upTo(String characters, int length) {
    return IntStream.rangeClosed(0, length)
        .mapToObj(n -> all(characters, n))
        .flatMap(List::stream)
        .toList();
  }

  private static boolean hasAny(String text, List<String> phrases) {
    return phrases.stream().anyMatch(text::contains);
  }

  @Test
  void bannedPhrasesNeverOccurAndAWayIsFoundWhereThereIsOne() {
    SplittableRandom random = new SplittableRandom(SEED);
    List<String> possible = all("ab c", 6);
    int impossible = 0;
    for (int trial = 0; trial < 600; trial++) {
      List<String> phrases = phrases(random, "ab c", trial % 2 == 0 ? 3 : 20);
      String prompt = text(random, "ab c", random.nextInt(4));
      // What the prompt itself has is not the new text's.
      boolean exists =
          possible.stream()
              .anyMatch(
                  t ->
                      IntStream.rangeClosed(1, t.length())
                          .noneMatch(
                              n ->
                                  phrases.stream()
                                      .anyMatch((prompt + t.substring(0, n))::endsWith)));
      SamplingSettings sampling = sampling(random);
      int shift = trial;
      Texts texts =
          generate(
              TINY,
              List.of(new BannedPhrases(phrases, TINY.vocabulary()).after(prompt, 0)),
              prompt,
              6,
              4,
              i -> sampling.sampler(4 * shift + i));
      for (int i = 0; i < 4; i++) {
        String text = texts.texts.get(i);
        String all = prompt + text;
        assertThat(
                IntStream.rangeClosed(prompt.length() + 1, all.length())
                    .noneMatch(n -> phrases.stream().anyMatch(all.substring(0, n)::endsWith)))
            .as("trial %d: %s in '%s' + '%s'", trial, phrases, prompt, text)
            .isTrue();
        assertThat(texts.failed.get(i)).as("trial %d: %s", trial, phrases).isEqualTo(!exists);
        assertThat(text.length() == 6).isEqualTo(exists);
      }
      impossible += exists ? 0 : 1;
    }
    assertThat(impossible).isBetween(1, 300);
  }

  @Test
  void bannedPhrasesNeverOccurInLongTexts() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int trial = 0; trial < 30; trial++) {
      List<String> phrases = phrases(random, "ab c", 3);
      SamplingSettings sampling = sampling(random);
      Texts texts =
          generate(
              TINY,
              List.of(new BannedPhrases(phrases, TINY.vocabulary())),
              "",
              500,
              4,
              sampling::sampler);
      for (int i = 0; i < 4; i++) {
        assertThat(hasAny(texts.texts.get(i), phrases)).isFalse();
        assertThat(texts.texts.get(i).length() == 500).isEqualTo(!texts.failed.get(i));
      }
    }
  }

  private static String expression(SplittableRandom random, int depth) {
    String part = depth == 0 ? null : expression(random, depth - 1);
    return switch (random.nextInt(depth == 0 ? 4 : 10)) {
      case 0 -> "[ab]";
      case 1 -> ".";
      case 2, 3 -> text(random, "ab c", 1);
      case 4 -> "(" + part + ")*";
      case 5 -> "(?:" + part + ")+?";
      case 6 -> "(" + part + "){" + random.nextInt(3) + "," + (2 + random.nextInt(2)) + "}";
      case 7 -> part + "|" + expression(random, depth - 1);
      default -> part + expression(random, depth - 1);
    };
  }

  private static BitSet allTokens() {
    BitSet all = new BitSet();
    all.set(0, TINY.vocabulary().size());
    return all;
  }

  @Test
  void textsMatchAndAWayIsFoundWhereThereIsOne() {
    SplittableRandom random = new SplittableRandom(SEED);
    List<String> candidates = upTo("ab c", 5);
    int unmatched = 0;
    int failed = 0;
    for (int trial = 0; trial < 1000; trial++) {
      String expression = expression(random, 4);
      Pattern pattern = Pattern.compile(expression);
      List<String> matching =
          candidates.stream().filter(t -> pattern.matcher(t).matches()).toList();
      List<String> phrases = trial % 2 == 0 ? List.of() : phrases(random, "ab c", 3);
      List<Constraint> constraints = new ArrayList<>();
      try {
        constraints.add(MatchingText.of(expression, TINY.vocabulary(), allTokens(), 5));
      } catch (InvalidSettingException e) {
        assertThat(matching).as(expression).isEmpty();
        unmatched++;
        continue;
      }
      assertThat(matching).as(expression).isNotEmpty();
      if (!phrases.isEmpty()) {
        constraints.add(new BannedPhrases(phrases, TINY.vocabulary()));
      }
      SamplingSettings sampling = sampling(random);
      Texts texts = generate(TINY, constraints, "a", 5, 4, sampling::sampler);
      boolean exists = matching.stream().anyMatch(t -> !hasAny(t, phrases));
      for (int i = 0; i < 4; i++) {
        String text = texts.texts.get(i);
        assertThat(hasAny(text, phrases)).isFalse();
        assertThat(texts.failed.get(i)).as("%s %s", expression, phrases).isEqualTo(!exists);
        assertThat(!exists || pattern.matcher(text).matches())
            .as("'%s' matches %s", text, expression)
            .isTrue();
        failed += exists ? 0 : 1;
      }
    }
    assertThat(unmatched).isPositive();
    assertThat(failed).isPositive();
  }

  private static String folded(String text) {
    return text.replaceAll("\\s+", " ");
  }

  private static boolean copies(String text, String book, int most) {
    String folded = folded(text);
    return IntStream.rangeClosed(0, folded.length() - most - 1)
        .anyMatch(i -> folded(book).contains(folded.substring(i, i + most + 1)));
  }

  @Test
  void copiesAreNeverLonger() {
    SplittableRandom random = new SplittableRandom(SEED);
    int impossible = 0;
    for (int trial = 0; trial < 400; trial++) {
      String book = text(random, "ab  \nc", 5 + random.nextInt(300));
      int most = 1 + random.nextInt(5);
      String characters = trial % 2 == 0 ? "abc" : "ab c"; // A run of spaces is no long copy.
      boolean exists = all(characters, 6).stream().anyMatch(t -> !copies(t, book, most));
      AllowedCharacters allowed = AllowedCharacters.of(TINY.vocabulary(), characters, "");
      SamplingSettings sampling = sampling(random).with(allowed);
      Constraint limit = new CopyLimit(most, book, TINY.vocabulary(), done -> {});
      Texts texts = generate(TINY, List.of(limit, allowed), "b", 6, 4, sampling::sampler);
      for (int i = 0; i < 4; i++) {
        String text = texts.texts.get(i);
        assertThat(copies(text, book, most)).as("%d of '%s' in '%s'", most, book, text).isFalse();
        assertThat(texts.failed.get(i)).as("%d of '%s'", most, book).isEqualTo(!exists);
      }
      impossible += exists ? 0 : 1;
    }
    assertThat(impossible).isBetween(1, 300);
  }

  @Test
  void longTextsCopyNoMoreThanAllowed() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int trial = 0; trial < 20; trial++) {
      String book = text(random, "ab  \nc", 400);
      int most = 5 + random.nextInt(4);
      SamplingSettings sampling = sampling(random);
      Constraint limit = new CopyLimit(most, book, TINY.vocabulary(), done -> {});
      Texts texts = generate(TINY, List.of(limit), "", 400, 4, sampling::sampler);
      for (int i = 0; i < 4; i++) {
        assertThat(copies(texts.texts.get(i), book, most)).isFalse();
        assertThat(texts.texts.get(i).length() == 400).isEqualTo(!texts.failed.get(i));
      }
    }
  }

  /** All constraints at once, in batches and alone, on several threads. */
  @ParameterizedTest
  @ValueSource(strings = {"", "cab"})
  void aTextDependsOnItsSamplerAlone(String prompt) {
    SplittableRandom random = new SplittableRandom(SEED);
    AllowedCharacters allowed = AllowedCharacters.of(TINY.vocabulary(), "", "");
    List<Constraint> constraints =
        List.of(
            MatchingText.of("(.{3,9}c )*", TINY.vocabulary(), allowed.allowed(), 150),
            new BannedPhrases(List.of("aa", "b c"), TINY.vocabulary()).after(prompt, 0),
            new CopyLimit(9, text(random, "ab  c", 500), TINY.vocabulary(), done -> {}),
            allowed);
    for (EngineType kind : List.of(EngineType.SCALAR, EngineType.SIMD)) {
      for (double temperature : new double[] {0, 1}) {
        SamplingSettings sampling =
            SamplingSettings.ofTemperature(temperature)
                .with(new Dry(3))
                .with(new SurpriseTarget(2));
        try (ThreadTeam two = new ThreadTeam(2)) {
          LanguageModel model = new SingleModel(kind.create(two), MODEL);
          Texts many = generate(two, model, constraints, prompt, 150, 70, i -> sampling.sampler(i));
          for (int i = 0; i < 70; i += 3) {
            int seed = i;
            Texts one =
                generate(two, model, constraints, prompt, 150, 1, number -> sampling.sampler(seed));
            assertThat(one.texts.get(0)).isEqualTo(many.texts.get(i));
            assertThat(one.failed.get(0)).isEqualTo(many.failed.get(i));
          }
          assertThat(many.failed.cardinality()).isLessThan(70);
        }
      }
    }
  }

  private static final Vocabulary LETTERS = Vocabulary.ofText(" aethx");

  /**
   * A model that is most sure of "the", with an "a" as the second choice for its t, and an x as
   * that for its e.
   */
  private static final TableModel THE =
      new TableModel(
          LETTERS,
          read -> {
            Map<Character, String> likely = Map.of(' ', "ta", 't', "h", 'h', "ex", 'e', " ");
            String order = likely.getOrDefault(read.charAt(read.length() - 1), " ");
            float[] logits = new float[6];
            for (int i = 0; i < order.length(); i++) {
              logits[LETTERS.indexOf(order.charAt(i))] = 10 - i;
            }
            return logits;
          });

  private static String greedy(LanguageModel model, Constraint constraint, int length) {
    return generate(model, List.of(constraint), " ", length, 1, i -> Sampler.greedy()).texts.get(0);
  }

  @Test
  void anotherWayBeginsBeforeThePhrase() {
    assertThat(greedy(THE, new BannedPhrases(List.of("zzz"), THE.vocabulary()), 8))
        .isEqualTo("the the ");
    // Masking would write "thx".
    assertThat(greedy(THE, new BannedPhrases(List.of("the"), THE.vocabulary()).after(" ", 0), 8))
        .isEqualTo("a a a th");
    // The first space is the prompt's.
    assertThat(greedy(THE, new BannedPhrases(List.of(" the"), THE.vocabulary()).after(" ", 0), 6))
        .isEqualTo("aaa th");
    assertThat(greedy(THE, new CopyLimit(3, "Was the end.", THE.vocabulary(), done -> {}), 40))
        .doesNotContain("the ", " the");
  }

  @Test
  void masksWhereNoOtherWayBeginsBefore() {
    TableModel model = THE;
    AllowedCharacters allowed = AllowedCharacters.of(model.vocabulary(), "thex ", "");
    Constraint match = MatchingText.of("th.*", model.vocabulary(), allowed.allowed(), 3);
    Constraint phrase = new BannedPhrases(List.of("the"), model.vocabulary());
    assertThat(
            generate(model, List.of(match, phrase, allowed), " ", 3, 1, i -> Sampler.greedy())
                .texts)
        .containsExactly("thx");
  }

  @Test
  void whereNothingIsPossibleTheTextEnds() {
    AllowedCharacters one = AllowedCharacters.of(TINY.vocabulary(), "a", "");
    SamplingSettings sampling = SamplingSettings.ofTemperature(1).with(one);
    Constraint phrase = new BannedPhrases(List.of("aaa"), TINY.vocabulary());
    Texts texts = generate(TINY, List.of(phrase, one), "b", 9, 2, sampling::sampler);
    assertThat(texts.failed.cardinality()).isEqualTo(2);
    assertThat(texts.texts).containsExactly("aa", "aa");
    Texts matching =
        generate(
            TINY,
            List.of(MatchingText.of("a*", TINY.vocabulary(), one.allowed(), 9), phrase, one),
            "b",
            9,
            2,
            sampling::sampler);
    assertThat(matching.failed.isEmpty()).isTrue();
    assertThat(matching.texts).containsExactly("aa", "aa");
    Constraint letters = new BannedPhrases(List.of("a", "b", "c", " "), TINY.vocabulary());
    Texts none = generate(TINY, List.of(letters), "b", 9, 1, sampling::sampler);
    assertThat(none.texts).containsExactly("");
    assertThat(none.failed.get(0)).isTrue();
    // The constraints do not know of what the sampler excludes.
    Constraint notA = new BannedPhrases(List.of("a"), TINY.vocabulary());
    assertThat(generate(TINY, List.of(notA), "b", 9, 1, sampling::sampler).failed.get(0)).isTrue();
  }

  @Test
  void endlessTextsAreHeldBackByAWindowOnly() {
    StringBuilder text = new StringBuilder();
    Constraint phrase = new BannedPhrases(List.of("ab", "ca"), TINY.vocabulary());
    BitSet failed =
        new Generator(TINY, ALONE, List.of(phrase))
            .generate(
                NO_PROMPT,
                Start.PARAGRAPH,
                Long.MAX_VALUE,
                1,
                i -> SamplingSettings.ofTemperature(1).sampler(3),
                (number, codePoint) -> text.appendCodePoint(codePoint).length() < 20_000);
    assertThat(text).hasSize(20_000);
    assertThat(failed.isEmpty()).isTrue();
    assertThat(text.toString()).doesNotContain("ab", "ca");
  }

  /**
   * What is saved is the memory of the printed text, and not of what was taken back; so it is of a
   * text that has failed.
   */
  @Test
  void aTextIsSavedAsItWasPrinted() {
    BannedPhrases phrases = new BannedPhrases(List.of("ab", "b ", "caa"), TINY.vocabulary());
    Constraint match =
        MatchingText.of(
            "(.{9}c)*", TINY.vocabulary(), allTokens(), 300); // ends after 10 characters
    Constraint wayOut = MatchingText.of("[ab]{6}c.*", TINY.vocabulary(), allTokens(), 300);
    Constraint closed = new BannedPhrases(List.of("c", "bb"), TINY.vocabulary());
    int failures = 0;
    for (List<Constraint> constraints :
        List.of(List.<Constraint>of(phrases), List.of(match, phrases), List.of(wayOut, closed))) {
      for (int length : new int[] {1, 50, 205, 300}) {
        for (int seed = 0; seed < 5; seed++) {
          StringBuilder text = new StringBuilder();
          TextRecorder recorder = new TextRecorder();
          TextSink sink =
              new TextSink() {
                @Override
                public boolean write(int number, int codePoint) {
                  text.appendCodePoint(codePoint);
                  return true;
                }

                @Override
                public long passedOn() {
                  return text.length();
                }
              };
          Sampler sampler = SamplingSettings.ofTemperature(1).with(new Dry(2)).sampler(seed);
          BitSet failed =
              new Generator(TINY, ALONE, constraints)
                  .generate(
                      null, new int[] {3, 1}, Start.PARAGRAPH, length, sampler, sink, recorder);
          failures += failed.cardinality();
          int[] read = ("ca" + text).codePoints().map(TINY.vocabulary()::indexOf).toArray();
          Predictor predictor = TINY.predictor(1);
          for (int i = 0; i < read.length - 1; i++) {
            predictor.step(new int[] {read[i]}, new float[4]);
          }
          SavedText saved = recorder.saved().orElseThrow();
          assertThat(saved.end()).isEqualTo(read);
          assertThat(saved.last()).isEqualTo(read[read.length - 1]);
          assertThat(saved.state().states().get(0).values())
              .isDeepEqualTo(predictor.save(0).states().get(0).values());
        }
      }
    }
    assertThat(failures).isPositive();
  }

  /** A rule runs ahead of what is printed; that is not what a stop rule holds back. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void aTextIsCutWhereAStopRuleHeldSomethingBack(int held) {
    Constraint phrase = new BannedPhrases(List.of("ab"), TINY.vocabulary());
    AtomicInteger written = new AtomicInteger();
    TextSink sink =
        new TextSink() {
          @Override
          public boolean write(int number, int codePoint) {
            return written.incrementAndGet() < 40;
          }

          @Override
          public long passedOn() {
            return Math.min(written.get(), 40 - held);
          }
        };
    TextRecorder recorder = new TextRecorder();
    new Generator(TINY, ALONE, List.of(phrase))
        .generate(
            null,
            new int[] {1},
            Start.PARAGRAPH,
            300,
            SamplingSettings.ofTemperature(1).sampler(3),
            sink,
            recorder);
    assertThat(recorder.saved().orElseThrow().cut()).isEqualTo(held > 0);
  }

  @Test
  void aTextThatItsReaderEndsHasNotFailed() {
    AllowedCharacters one = AllowedCharacters.of(TINY.vocabulary(), "a", "");
    Constraint phrase = new BannedPhrases(List.of("a".repeat(50)), TINY.vocabulary());
    StringBuilder text = new StringBuilder();
    BitSet failed =
        new Generator(TINY, ALONE, List.of(phrase, one))
            .generate(
                new int[] {1},
                Start.PARAGRAPH,
                100,
                1,
                i -> SamplingSettings.ofTemperature(1).with(one).sampler(3),
                (number, codePoint) -> text.appendCodePoint(codePoint).length() < 9);
    assertThat(text.toString()).isEqualTo("a".repeat(9));
    assertThat(failed.isEmpty()).isTrue();
  }
}
