package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said about a run is true. */
class DiagnosisCliTest {
  @TempDir private Path folder;

  private CommandRun train(String text, String... more) throws IOException {
    Path file = Files.writeString(folder.resolve("text.txt"), text);
    List<String> args =
        new ArrayList<>(List.of("train", "--corpus", file.toString(), "--name", "run"));
    args.addAll(List.of("--hidden", "8", "--batch-size", "4"));
    args.addAll(List.of(more));
    CommandRun run = CommandRun.of(folder, args.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private static String random(String characters, int length) {
    Random random = new Random(length);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(characters.charAt(random.nextInt(characters.length())));
    }
    return text.toString();
  }

  @Test
  void validationTextOfAnotherKindIsToldBeforeTrainingAndAtItsEnd() throws IOException {
    String text = random("ACGT", 9000) + random("acgt", 1000);
    CommandRun run = train(text, "--steps", "400", "--patience", "0");
    String warning = "100 % of its 3-grams are new, 0 % is usual";
    assertThat(run.err()).contains(warning).doesNotContain("overfitting");
    assertThat(run.err().indexOf(warning)).isLessThan(run.err().indexOf("training run 'run'"));
    Path last = folder.resolve("models").resolve("run").resolve("last.zip");
    assertThat(run.err()).contains("may be far from trained", "sample --model '" + last + "'");
    assertThat(CommandRun.of(folder, "info", "--model", "run").out())
        .contains("may be far from trained", "last.zip");
    CommandRun resumed = train(text, "--resume", "--steps", "410", "--quiet");
    assertThat(resumed.err()).contains(warning);
  }

  @Test
  void validationTextOfAnotherKindDoesNotEndTraining() throws IOException {
    String text = random("ACGT", 9000) + random("acgt", 1000);
    CommandRun run = train(text, "--steps", "400", "--patience", "1");
    assertThat(run.err()).contains("does not end training early").doesNotContain("stopped early");
    CommandRun again = CommandRun.of(folder, "train", "--resume", "--name", "run");
    assertThat(again.err()).contains("run 'run' is finished (400 steps");
  }

  @Test
  void aPlanTellsValidationTextOfAnotherKind() throws IOException {
    Path file = folder.resolve("text.txt");
    Files.writeString(file, random("ACGT", 9000) + random("acgt", 1000));
    CommandRun plan =
        CommandRun.of(folder, "plan", "--corpus", file.toString(), "--steps", "5", "--json");
    assertThat(plan.code()).as(plan.err()).isZero();
    assertThat(plan.err()).contains("100 % of its 3-grams are new");
    assertThat(plan.out()).startsWith("{").doesNotContain("3-grams");
  }

  @Test
  void aTextOfOneKindHasNoWarning() throws IOException {
    CommandRun run = train(random("ACGT", 10_000), "--steps", "20");
    assertThat(run.err()).doesNotContain("unlike");
  }

  @Test
  void aLearningRateAtWhichNothingIsLearntIsToBeRaised() throws IOException {
    String text = "the cat sat on the mat. a rat ran to the cat. ".repeat(50);
    CommandRun run = train(text, "--steps", "60", "--learning-rate", "1e-30");
    assertThat(run.err()).contains("nothing is learnt so far", "raise --learning-rate");
    assertThat(CommandRun.of(folder, "info", "--model", "run").out())
        .contains("nothing is learnt so far");
  }

  @Test
  void aFewEvaluatedCharactersTellNothing() throws IOException {
    CommandRun run =
        train(random("abc", 50), "--steps", "400", "--seq-length", "4", "--validation", "0.1");
    assertThat(run.err())
        .contains("the validation set of 5 characters is too short for a diagnosis");
  }
}
