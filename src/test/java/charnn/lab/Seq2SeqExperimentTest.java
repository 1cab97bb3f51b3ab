package charnn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.lab.Seq2SeqNetwork.Kind;
import charnn.lab.SpokenForms.Pair;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class Seq2SeqExperimentTest {
  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
  private static final List<String> ORDINALS =
      List.of(
          ("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
                  + " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
                  + " twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth"
                  + " twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first")
              .split(" "));
  private static final Map<String, Integer> WORDS = words();

  private static Map<String, Integer> words() {
    Map<String, Integer> words = new HashMap<>(Map.of("a", 1, "and", 0));
    String small =
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
            + " fifteen sixteen seventeen eighteen nineteen twenty";
    for (String word : small.split(" ")) {
      words.put(word, words.size() - 2);
    }
    for (String word : "thirty forty fifty sixty seventy eighty ninety".split(" ")) {
      words.put(word, 10 * (words.size() - 20));
    }
    return words;
  }

  @Test
  void numbersInWordsMeanTheirDigits() {
    assertThat(WORDS)
        .containsEntry("twenty", 20)
        .containsEntry("thirty", 30)
        .containsEntry("ninety", 90);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 2000; i++) {
      Pair pair = SpokenForms.number(random);
      int sum = 0;
      int part = 0;
      for (String word : pair.said().split("[ -]")) {
        if (word.equals("thousand")) {
          sum += 1000 * part;
          part = 0;
        } else {
          part = word.equals("hundred") ? 100 * part : part + WORDS.get(word);
        }
      }
      assertThat(String.valueOf(sum + part)).as(pair.said()).isEqualTo(pair.meant());
    }
  }

  @Test
  void datesMeanTheirIsoForm() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 2000; i++) {
      Pair pair = SpokenForms.date(random);
      assertThat(read(pair.said())).as(pair.said()).isEqualTo(LocalDate.parse(pair.meant()));
    }
  }

  private static LocalDate read(String said) {
    List<Integer> numbers = new ArrayList<>();
    Matcher digits = Pattern.compile("\\d+").matcher(said);
    while (digits.find()) {
      numbers.add(Integer.parseInt(digits.group()));
    }
    int month = 0;
    int day = 0;
    for (String word : said.split("[ ,]+")) {
      int at = word.length() < 3 ? -1 : MONTHS.indexOf(word.substring(0, 3));
      month = at >= 0 && at % 3 == 0 ? at / 3 + 1 : month;
      day = ORDINALS.contains(word) ? ORDINALS.indexOf(word) + 1 : day;
    }
    int year = numbers.get(numbers.size() - 1);
    year += year >= 100 ? 0 : year < 50 ? 2000 : 1900;
    return LocalDate.of(year, month > 0 ? month : numbers.get(1), day > 0 ? day : numbers.get(0));
  }

  @Test
  void heldOutQuestionsDifferAndTheirAnswersAreHeldOutInEveryForm() {
    List<Pair> held = Seq2SeqExperiment.heldOut(SpokenForms::number, 300, new SplittableRandom(1));
    List<Pair> seen = Seq2SeqExperiment.batch(SpokenForms::number, 3000, new SplittableRandom(2));
    assertThat(held).hasSize(300).doesNotHaveDuplicates();
    assertThat(seen)
        .extracting(Pair::meant)
        .doesNotContainAnyElementsOf(held.stream().map(Pair::meant).toList());
  }

  private static Seq2SeqNetwork network(Kind kind) {
    return new Seq2SeqNetwork(kind, 6, 4, 8, DataType.DOUBLE, new SplittableRandom(1));
  }

  private static final List<Pair> PAIRS =
      List.of(new Pair("ab c", "12"), new Pair("edcbaf", "345"), new Pair("x", "9"));

  @ParameterizedTest
  @EnumSource
  void gradientsAreRight(Kind kind) {
    Seq2SeqNetwork network = network(kind);
    List<String> answers = PAIRS.stream().map(Pair::meant).toList();
    Gradients.check(network.layers.graph, network.parameters, network.inputs(PAIRS, answers));
  }

  @ParameterizedTest
  @EnumSource
  void paddingChangesNothing(Kind kind) {
    Seq2SeqNetwork network = network(kind);
    Map<String, INDArray> inputs = new HashMap<>(network.inputs(PAIRS, List.of("1", "34", "9")));
    INDArray before = network.layers.graph.output(inputs, "logits").get("logits").dup();
    INDArray asked = inputs.get("asked").dup();
    asked.putScalar(5, 7, 1); // behind the first question, of four characters
    inputs.put("asked", asked);
    assertThat(network.layers.graph.output(inputs, "logits").get("logits")).isEqualTo(before);
    asked.putScalar(3, 7, 1); // its last character
    assertThat(network.layers.graph.output(inputs, "logits").get("logits")).isNotEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void theAnswerIsWrittenFromWhatIsBefore(Kind kind) {
    Seq2SeqNetwork network = network(kind);
    INDArray one = network.output("logits", PAIRS.subList(0, 1), List.of("123"));
    INDArray other = network.output("logits", PAIRS.subList(0, 1), List.of("124"));
    assertThat(other.getRow(2)).isEqualTo(one.getRow(2));
    assertThat(other.getRow(3)).isNotEqualTo(one.getRow(3));
  }

  /** Asks for a digit, behind which there are letters of no meaning. */
  private static List<Pair> digits(int count, int length, SplittableRandom random) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String digit = String.valueOf(random.nextInt(10));
      StringBuilder said = new StringBuilder(digit);
      random.ints(length - 1, 'a', 'z' + 1).forEach(said::appendCodePoint);
      pairs.add(new Pair(said.toString(), digit));
    }
    return pairs;
  }

  private static double right(Kind kind, int length) {
    SplittableRandom random = new SplittableRandom(1);
    Seq2SeqNetwork network = new Seq2SeqNetwork(kind, length, 2, 8, DataType.FLOAT, random);
    for (int step = 0; step < 100; step++) {
      network.train(digits(16, length, random), 0.02);
    }
    List<Pair> heldOut = digits(200, length, new SplittableRandom(5));
    List<String> written = network.decode(heldOut);
    return IntStream.range(0, 200)
        .map(i -> written.get(i).equals(heldOut.get(i).meant() + '\n') ? 1 : 0)
        .average()
        .orElse(0);
  }

  @Test
  void attentionFindsInALongQuestionWhatTheLastStateHasLost() {
    assertThat(right(Kind.LAST_STATE, 2)).isGreaterThan(0.9);
    assertThat(right(Kind.ATTENTION, 10)).isGreaterThan(0.9);
    assertThat(right(Kind.LAST_STATE, 10)).isLessThan(0.3);
  }

  @Test
  void whatIsNotTrainedIsNoResult(@TempDir Path folder) throws IOException {
    new Seq2SeqExperiment()
        .run(
            LabFixture.lab(
                folder,
                Map.of("units", "4"),
                Duration.ZERO,
                OutputStream.nullOutputStream(),
                line -> {}));
    assertThat(folder).isEmptyDirectory();
  }
}
