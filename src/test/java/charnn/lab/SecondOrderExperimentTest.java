package charnn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecondOrderExperimentTest {
  private static final List<Predicate<String>> TOMITA =
      List.of(
          s -> s.matches("1*"),
          s -> s.matches("(10)*"),
          s -> !s.matches("(.*0)?1(11)*0(00)*(1.*)?"),
          s -> !s.contains("000"),
          s -> count(s, '0') % 2 == 0 && count(s, '1') % 2 == 0,
          s -> (count(s, '0') - count(s, '1')) % 3 == 0,
          s -> s.matches("0*1*0*1*"));

  private static long count(String string, char symbol) {
    return string.chars().filter(c -> c == symbol).count();
  }

  /** Returns all strings up to a length, the shortest first. */
  private static List<String> strings(int longest) {
    List<String> strings = new ArrayList<>(List.of(""));
    for (int i = 0; strings.get(i).length() < longest; i++) {
      strings.add(strings.get(i) + '0');
      strings.add(strings.get(i) + '1');
    }
    return strings;
  }

  @Test
  void theAutomataAreMinimalAndAcceptTomitasLanguages() {
    for (int i = 0; i < TOMITA.size(); i++) {
      Automaton automaton = SecondOrderExperiment.TOMITA.get(i);
      for (String string : strings(10)) {
        assertThat(automaton.accepts(string)).as(string).isEqualTo(TOMITA.get(i).test(string));
      }
      assertThat(automaton.minimal().size()).isEqualTo(automaton.size());
    }
  }

  @Test
  void aMinimalAutomatonHasAStateForEachWayOnAndAcceptsTheSame() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 100; i++) {
      Automaton automaton = random(1 + random.nextInt(6), random);
      // Two states of n are told apart by a string of less than n symbols, or not at all.
      Set<List<Boolean>> ways = new HashSet<>();
      for (String prefix : strings(automaton.size())) {
        ways.add(
            strings(automaton.size()).stream().map(s -> automaton.accepts(prefix + s)).toList());
      }
      Automaton minimal = automaton.minimal();
      assertThat(minimal.size()).isEqualTo(ways.size());
      assertThat(minimal.difference(automaton)).isNull();
    }
  }

  @Test
  void theDifferenceIsTheShortestStringThatOnlyOneAccepts() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 200; i++) {
      Automaton a = random(1 + random.nextInt(3), random);
      Automaton b = random(1 + random.nextInt(3), random);
      String expected =
          strings(9).stream().filter(s -> a.accepts(s) != b.accepts(s)).findFirst().orElse(null);
      String difference = a.difference(b);
      assertThat(difference == null ? -1 : difference.length())
          .isEqualTo(expected == null ? -1 : expected.length());
      assertThat(difference == null || a.accepts(difference) != b.accepts(difference)).isTrue();
    }
  }

  private static Automaton random(int states, SplittableRandom random) {
    Automaton automaton = new Automaton(new int[states][2], new boolean[states]);
    for (int s = 0; s < states; s++) {
      automaton.accepting()[s] = random.nextBoolean();
      automaton.next()[s][0] = random.nextInt(states);
      automaton.next()[s][1] = random.nextInt(states);
    }
    return automaton;
  }

  @Test
  void halfOfTheStringsAreAccepted() {
    for (Automaton language : SecondOrderExperiment.TOMITA) {
      List<String> strings =
          SecondOrderExperiment.strings(language, 3, 20, 100, new SplittableRandom(3));
      assertThat(strings).hasSize(100).allMatch(s -> s.length() >= 3 && s.length() <= 20);
      assertThat(strings.stream().filter(language::accepts)).hasSize(50);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // language, order, units, strings, their length, steps
    "1, 1, 4, 60, 6, 200",
    "1, 2, 4, 60, 6, 200",
    "2, 2, 6, 100, 8, 400",
  })
  void theAutomatonOfATrainedNetworkIsThatOfTheLanguage(
      int language,
      int order,
      int units,
      int count,
      int length,
      String steps,
      @TempDir Path folder) {
    Automaton truth = SecondOrderExperiment.TOMITA.get(language - 1);
    SplittableRandom random = new SplittableRandom(4);
    List<String> training = SecondOrderExperiment.strings(truth, 0, length, count, random);
    SecondOrderExperiment.Network network = new SecondOrderExperiment.Network(order, units, random);
    network.train(LabFixture.lab(folder, Map.of("steps", steps)), "a network", truth, training);
    assertThat(strings(length)).allMatch(s -> network.accepts(s) == truth.accepts(s));
    assertThat(network.automaton(training).difference(truth)).isNull();
  }

  @Test
  void whatIsNotTrainedToItsEndIsNoResult(@TempDir Path folder) throws IOException {
    Map<String, String> given = Map.of("languages", "1", "steps", "2");
    new SecondOrderExperiment().run(LabFixture.endingAtTheFirstStatus(folder, given));
    assertThat(folder).isEmptyDirectory();
  }
}
