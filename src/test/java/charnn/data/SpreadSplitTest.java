package charnn.data;

import static charnn.data.BatchSourceFixture.fill;
import static charnn.data.BatchSourceFixture.input;
import static charnn.data.BatchSourceFixture.places;
import static charnn.data.BatchSourceFixture.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Validation sets that are spread over the text, and what training reads of the rest. */
class SpreadSplitTest {
  private static final int MARK = 5000;

  /** Documents of random length, each of a character of its own. */
  private static Tokens documents(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder tokens = new StringBuilder();
    for (int i = 0; i < count; i++) {
      tokens.append(String.valueOf((char) i).repeat(1 + random.nextInt(20))).append((char) MARK);
    }
    return Tokens.of(tokens.toString().toCharArray());
  }

  private static List<String> parts(Tokens tokens) {
    return new ArrayList<>(
        List.of(String.valueOf(tokens.toArray()).split(String.valueOf((char) MARK))));
  }

  @ParameterizedTest
  @CsvSource({"1000,0.1,100", "1000,0.5,500", "37,0.1,3", "10,0.1,1", "11,0.25,2"})
  void wholeDocumentsAreHeldOut(int count, double fraction, int held) {
    Tokens text = documents(count, 1);
    TrainValidationSplit split =
        TrainValidationSplit.of(
            text, DocumentEnds.of(text, MARK), ValidationFrom.SPREAD, fraction, 7);
    List<String> training = parts(split.training());
    List<String> validation = parts(split.validation());
    assertThat(validation.remove(0)).as("it begins with a mark").isEmpty();
    assertThat(validation).hasSize(held);
    assertThat(training).hasSize(count - held);
    List<String> all = new ArrayList<>(training);
    all.addAll(validation);
    assertThat(all).containsExactlyInAnyOrderElementsOf(parts(text));
    assertThat(training).isSortedAccordingTo((a, b) -> a.charAt(0) - b.charAt(0));
    // One of each equal part of the documents.
    for (int i = 0; i < held; i++) {
      assertThat((int) validation.get(i).charAt(0))
          .isBetween(count * i / held, count * (i + 1) / held - 1);
    }
    assertThat(split.validation().at(split.validation().length() - 1)).isEqualTo(MARK);
    assertThat(split.training().cuts()).as("a mark ends each document").isEmpty();
    TrainValidationSplit again =
        TrainValidationSplit.of(
            text, DocumentEnds.of(text, MARK), ValidationFrom.SPREAD, fraction, 7);
    assertThat(again.validation().toArray()).isEqualTo(split.validation().toArray());
    TrainValidationSplit other =
        TrainValidationSplit.of(
            text, DocumentEnds.of(text, MARK), ValidationFrom.SPREAD, fraction, 8);
    assertThat(parts(other.validation())).isNotEqualTo(parts(split.validation()));
  }

  /** Of each number of documents, the groups are equal and whole but for the last. */
  @Test
  void ofManyDocumentsGroupsAreHeldOut() {
    for (int documents = 1; documents < 200; documents++) {
      DocumentEnds.Builder builder = new DocumentEnds.Builder(8);
      for (int i = 1; i <= documents; i++) {
        DocumentEnds.Builder before = builder.copy();
        builder.add(10L * i);
        before.add(1); // changes no other
      }
      int inGroup = 1;
      while (documents / inGroup > 8) {
        inGroup *= 2;
      }
      List<Long> expected = new ArrayList<>();
      for (int i = inGroup; i < documents + inGroup; i += inGroup) {
        expected.add(10L * Math.min(i, documents));
      }
      assertThat(builder.build().ends()).containsExactly(expected.toArray(Long[]::new));
    }
  }

  @Test
  void theLastDocumentsAreWhole() {
    Tokens text = documents(100, 2);
    TrainValidationSplit split =
        TrainValidationSplit.of(text, DocumentEnds.of(text, MARK), ValidationFrom.LAST, 0.1, 7);
    List<String> all = parts(text);
    List<String> training = parts(split.training());
    assertThat(training).isEqualTo(all.subList(0, training.size()));
    List<String> validation = parts(split.validation());
    assertThat(validation.subList(1, validation.size()))
        .isEqualTo(all.subList(training.size(), 100));
    assertThat((double) split.validation().length()).isCloseTo(text.length() * 0.1, within(22.0));
  }

  @Test
  void ofTooFewDocumentsTheLastIsHeldOutAndOfOneItsEnd() {
    Tokens three = documents(3, 3);
    TrainValidationSplit split =
        TrainValidationSplit.of(three, DocumentEnds.of(three, MARK), ValidationFrom.SPREAD, 0.1, 7);
    assertThat(parts(split.training())).isEqualTo(parts(three).subList(0, 2));
    Tokens one = Tokens.of("aaaaaaaaab".replace('b', (char) MARK).toCharArray());
    TrainValidationSplit ofOne =
        TrainValidationSplit.of(one, DocumentEnds.of(one, MARK), ValidationFrom.LAST, 0.2, 7);
    assertThat(ofOne.training().length()).isEqualTo(8);
    assertThat(ofOne.validation().length()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"1000,0.1,1", "60000,0.1,1", "60000,0.3,4", "65000,0.5,7"})
  void piecesOfOneTextAreHeldOut(int length, double fraction, int pieces) {
    Tokens text = places(length);
    TrainValidationSplit split =
        TrainValidationSplit.of(text, null, ValidationFrom.SPREAD, fraction, 7);
    char[] training = split.training().toArray();
    char[] validation = split.validation().toArray();
    assertThat(validation).hasSize((int) (length * fraction));
    TreeSet<Integer> all = new TreeSet<>();
    for (char[] part : new char[][] {training, validation}) {
      for (char token : part) {
        assertThat(all.add((int) token)).isTrue();
      }
    }
    assertThat(all).hasSize(length);
    assertThat(split.validation().cuts()).hasSize(pieces);
    for (Tokens part : List.of(split.training(), split.validation())) {
      assertCutsAreWhereTokensDoNotFollow(part, 1);
      assertCutsAreWhereTokensDoNotFollow(part.reversed(), -1);
      assertCutsAreWhereTokensDoNotFollow(part.part(3, part.length() - 2), 1);
    }
  }

  private static void assertCutsAreWhereTokensDoNotFollow(Tokens tokens, int direction) {
    List<Long> cuts = new ArrayList<>(Arrays.stream(tokens.cuts()).boxed().toList());
    cuts.remove(0L);
    List<Long> expected = new ArrayList<>();
    for (long i = 1; i < tokens.length(); i++) {
      if (tokens.at(i) != tokens.at(i - 1) + direction) {
        expected.add(i);
      }
    }
    // Two held-out pieces, or none between them, may be beside each other.
    assertThat(cuts).containsAll(expected);
  }

  /** No target is what did not follow in the text, and every row starts anew after a cut. */
  @ParameterizedTest
  @CsvSource({"4,7", "1,100", "16,1", "3,5000"})
  void streamsDoNotReadAcrossACut(int batchSize, int seqLength) {
    Tokens training =
        TrainValidationSplit.of(places(60_000), null, ValidationFrom.SPREAD, 0.3, 7).training();
    BatchSource windows = new ContiguousBatches(training, batchSize, seqLength, 1);
    int ignored = 0;
    int restarts = 0;
    Batch before = null;
    for (long step = 0; step < Math.min(3000, 2 * windows.stepsPerEpoch()); step++) {
      Batch batch = fill(windows, step, batchSize, seqLength);
      boolean continues = windows.nextBatch(step, new Batch(batchSize, seqLength));
      for (int b = 0; b < batchSize; b++) {
        boolean isCut = false;
        for (int t = 0; t < seqLength; t++) {
          int next = target(batch, b, t);
          assertThat(isCut && next != Batch.IGNORED).isFalse();
          isCut |= next == Batch.IGNORED;
          assertThat(next).isIn(Batch.IGNORED, input(batch, b, t) + 1);
          ignored += next == Batch.IGNORED ? 1 : 0;
        }
        if (continues) {
          boolean wasCut = target(before, b, seqLength - 1) == Batch.IGNORED;
          assertThat(windows.isCut(step, b)).isEqualTo(wasCut);
          restarts += wasCut ? 1 : 0;
        } else {
          assertThat(windows.isCut(step, b)).isFalse();
        }
      }
      before = batch;
    }
    assertThat(ignored).isPositive();
    assertThat(restarts > 0 || windows.stepsPerEpoch() < 4).isTrue();
  }

  @Test
  void randomWindowsHaveNoCut() {
    Tokens training =
        TrainValidationSplit.of(places(60_000), null, ValidationFrom.SPREAD, 0.3, 7).training();
    BatchSource windows = new RandomBatches(training, 8, 50, 1);
    for (long step = 0; step < 200; step++) {
      assertThat(fill(windows, step, 8, 50).targets()).doesNotContain(Batch.IGNORED);
    }
  }
}
