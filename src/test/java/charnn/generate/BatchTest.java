package charnn.generate;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.data.Vocabulary;
import charnn.engine.Engine;
import charnn.engine.registry.EngineType;
import charnn.generate.constraint.BannedPhrases;
import charnn.generate.constraint.Constraint;
import charnn.generate.constraint.CopyLimit;
import charnn.generate.constraint.MatchingText;
import charnn.model.Model;
import charnn.model.Models;
import charnn.predict.Ensemble;
import charnn.predict.LanguageModel;
import charnn.predict.SingleModel;
import charnn.util.ThreadTeam;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A text depends neither on its batch nor on the threads, with any step and constraint. */
class BatchTest {
  private static final Model ONE = Models.random("abcdef .\n", 6, 2);
  private static final Model TWO = Models.random("abcxyz .\n", 5, 1);
  private static final int[] COUNTS = {1, 3, 9}; // 9: more than one part
  private static final int LENGTH = 40;

  private static List<SamplingSettings> settings(Vocabulary vocabulary) {
    List<SamplingSettings> settings = new ArrayList<>();
    settings.add(SamplingSettings.ofTemperature(0));
    settings.add(new SamplingSettings(List.of(new DynamicTemperature(0.5, 2))));
    SamplingSettings plain = SamplingSettings.ofTemperature(1);
    SamplingSettings all = plain;
    for (SamplingStep step :
        List.of(
            new TopK(5),
            new TopP(0.8),
            new MinP(0.1),
            new TypicalP(0.8),
            new TopNSigma(2),
            new SurpriseTarget(2),
            new Dry(2),
            AllowedCharacters.of(vocabulary, "", "d"))) {
      settings.add(plain.with(step));
      all = all.with(step);
    }
    settings.add(all);
    return settings;
  }

  private static List<List<Constraint>> constraints(Vocabulary vocabulary) {
    AllowedCharacters allowed = AllowedCharacters.of(vocabulary, "", "");
    Constraint phrases = new BannedPhrases(List.of("ab", "c", "  "), vocabulary);
    Constraint copies = new CopyLimit(2, "bad cab fed face.\n", vocabulary, done -> {});
    Constraint match = MatchingText.of("([a-f]+ ){2,}", vocabulary, allowed.allowed(), LENGTH);
    return List.of(
        List.of(),
        List.of(phrases, allowed),
        List.of(copies, allowed),
        List.of(match, allowed),
        List.of(match, phrases, copies, allowed));
  }

  private static LanguageModel model(EngineType kind, ThreadTeam workers, boolean both) {
    Engine engine = kind.create(workers);
    LanguageModel one = new SingleModel(engine, ONE);
    return both ? new Ensemble(List.of(one, new SingleModel(engine, TWO)), 0.6, 0.4) : one;
  }

  private static List<String> texts(
      Generator generator, int[] prompt, Start start, int count, IntFunction<Sampler> samplers) {
    List<StringBuilder> texts = new ArrayList<>();
    IntStream.range(0, count).forEach(i -> texts.add(new StringBuilder()));
    generator.generate(
        prompt,
        start,
        LENGTH,
        count,
        samplers,
        (text, codePoint) -> {
          texts.get(text).appendCodePoint(codePoint);
          return true;
        });
    return texts.stream().map(StringBuilder::toString).toList();
  }

  @ParameterizedTest
  @EnumSource(names = {"SIMD", "SCALAR"})
  void aTextOfSeveralIsThatOfItsSamplerAlone(EngineType kind) {
    try (ThreadTeam one = new ThreadTeam(1);
        ThreadTeam two = new ThreadTeam(2)) {
      for (boolean both : new boolean[] {false, true}) {
        LanguageModel onOne = model(kind, one, both);
        LanguageModel onTwo = model(kind, two, both);
        for (List<Constraint> rules : constraints(onOne.vocabulary())) {
          List<Generator> generators =
              List.of(new Generator(onOne, one, rules), new Generator(onTwo, two, rules));
          for (SamplingSettings settings : settings(onOne.vocabulary())) {
            prove(settings, generators, new int[] {2, 3, 4, 2, 3, 4}, Start.PARAGRAPH);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Start.class)
  void withoutAPromptToo(Start start) {
    try (ThreadTeam one = new ThreadTeam(1);
        ThreadTeam two = new ThreadTeam(2)) {
      LanguageModel onOne = model(EngineType.fastest(), one, true);
      LanguageModel onTwo = model(EngineType.fastest(), two, true);
      List<Constraint> rules = constraints(onOne.vocabulary()).get(4);
      for (SamplingSettings settings : settings(onOne.vocabulary())) {
        prove(
            settings,
            List.of(new Generator(onOne, one, rules), new Generator(onTwo, two, rules)),
            new int[0],
            start);
      }
    }
  }

  private static void prove(
      SamplingSettings settings, List<Generator> generators, int[] prompt, Start start) {
    List<String> expected =
        IntStream.range(0, 9)
            .mapToObj(
                i -> texts(generators.get(0), prompt, start, 1, text -> settings.sampler(i)).get(0))
            .toList();
    for (Generator generator : generators) {
      for (int count : COUNTS) {
        assertThat(texts(generator, prompt, start, count, settings::sampler))
            .as("%s, %d", settings, count)
            .isEqualTo(expected.subList(0, count));
      }
    }
  }
}
