package charnn.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.data.Tokens;
import charnn.data.TrainValidationSplit;
import charnn.data.Vocabulary;
import charnn.data.input.XzSize;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BaselinesTest {
  private static final String TALE =
      "A miller had a donkey; \u00ABcome\u00BB, said he \u2013 and it came. \uD83D\uDE00\n";

  private static TrainValidationSplit split(String text, Vocabulary vocabulary) {
    return TrainValidationSplit.of(Tokens.of(vocabulary.encode(text)), 0.1);
  }

  @Test
  void bothMethodsPredictTheValidationSetFromTheTrainingSet() {
    String text = TALE.repeat(40);
    Vocabulary vocabulary = Vocabulary.ofText(text);
    TrainValidationSplit split = split(text, vocabulary);
    Baselines found = Baselines.of(split, vocabulary, done -> {}).orElseThrow();
    assertThat(found.nGram())
        .isEqualTo(new NGramModel(split.training(), vocabulary.size()).loss(split.validation()));
    int cut = text.offsetByCodePoints(0, (int) split.training().length());
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int before = text.substring(0, cut).getBytes(StandardCharsets.UTF_8).length;
    long packed = XzSize.of(bytes, bytes.length, done -> {}) - XzSize.of(bytes, before, done -> {});
    double bits = 8.0 * packed / split.validation().length();
    assertThat(found.xz()).isCloseTo(bits * Math.log(2), within(1e-12));
    assertThat(found.trainingCharacters()).isEqualTo(split.training().length());
    assertThat(found.validationCharacters()).isEqualTo(split.validation().length());
  }

  /** A model that starts from another one knows more characters than its text has. */
  @Test
  void charactersThatTheTextDoesNotHaveChangeNothing() {
    String text = TALE.repeat(10);
    Vocabulary own = Vocabulary.ofText(text);
    Vocabulary more = own.with("0123456789");
    assertThat(Baselines.of(split(text, more), more, done -> {}))
        .isEqualTo(Baselines.of(split(text, own), own, done -> {}));
  }

  @Test
  void ofALongTextTheNearestPartsAreTaken() {
    SplittableRandom random = new SplittableRandom(1);
    char[] ids = new char[80_000];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (char) (random.nextInt(4) == 0 ? 1 : 0);
    }
    Vocabulary vocabulary = Vocabulary.ofText("ab");
    TrainValidationSplit split = TrainValidationSplit.of(Tokens.of(ids), 0.125);
    List<Long> progress = new ArrayList<>();
    Baselines found = Baselines.of(split, vocabulary, 50_000, 5000, progress::add).orElseThrow();
    assertThat(found.trainingCharacters()).isEqualTo(50_000);
    assertThat(found.validationCharacters()).isEqualTo(5000);
    Tokens all = Tokens.of(ids);
    assertThat(Optional.of(found))
        .isEqualTo(
            Baselines.of(
                new TrainValidationSplit(all.part(20_000, 70_000), all.part(70_000, 75_000)),
                vocabulary,
                done -> {}));
    double entropy = -(0.25 * Math.log(0.25) + 0.75 * Math.log(0.75));
    assertThat(found.nGram()).isCloseTo(entropy, within(0.03));
    assertThat(found.xz()).isBetween(entropy, 1.4 * entropy);
    assertThat(progress).isSorted().endsWith(155_000L);
  }

  @Test
  void theWorkIsWhatTheProgressEndsWith() {
    Vocabulary vocabulary = Vocabulary.ofText(TALE);
    TrainValidationSplit split = split(TALE.repeat(5), vocabulary);
    List<Long> progress = new ArrayList<>();
    Baselines.of(split, vocabulary, progress::add).orElseThrow();
    long last = progress.get(progress.size() - 1);
    assertThat((double) last).isCloseTo(Baselines.work(split), within(0.01 * last));
  }

  @Test
  void thereAreNoneWithoutAValidationSet() {
    Vocabulary vocabulary = Vocabulary.ofText(TALE);
    Tokens text = Tokens.of(vocabulary.encode(TALE));
    for (int held = 0; held < 10; held++) {
      TrainValidationSplit split =
          new TrainValidationSplit(
              text.first(text.length() - held), text.part(text.length() - held, text.length()));
      assertThat(Baselines.of(split, vocabulary, done -> {})).isEmpty();
    }
  }
}
