package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifyCliTest {
  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    text("sea", "wave wind salt boat the and of");
    text("wood", "tree leaf moss path the and of");
  }

  private void text(String name, String words) throws IOException {
    Random random = new Random(name.hashCode());
    StringBuilder text = new StringBuilder();
    String[] all = words.split(" ");
    for (int i = 0; i < 1000; i++) {
      text.append(all[random.nextInt(all.length)]).append(i % 9 == 8 ? '\n' : ' ');
    }
    Files.writeString(folder.resolve(name), text);
  }

  private InProcess.Result classify(String options) {
    String line = "lab classify --out DIR/out " + options;
    return new InProcess(folder).line(line.replace("DIR", folder.toString()));
  }

  @Test
  void trainsSavesAndClassifies() {
    InProcess.Result result =
        classify("--class sea=DIR/sea --class wood=DIR/wood --epochs 3 --save DIR/saved.zip");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains("held-out passages of").contains("naive Bayes");
    assertThat(folder.resolve("out/classify.png")).exists();

    result = classify("--model DIR/saved.zip --test DIR/wood");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out().lines().filter(line -> line.contains(" wood ")).count())
        .isGreaterThan(45); // of 50 passages
  }

  @Test
  void sayWhatIsWrong() {
    assertMisused("--class sea=DIR/sea", "there must be 2 to 50 classes, got 1");
    assertMisused("--class sea", "--class must be NAME=FILE, got 'sea'");
    assertMisused("--model DIR/saved.zip", "--model needs a text to classify: give --test");
    assertMisused("--model DIR/saved.zip --test DIR/sea --epochs 2", "leave --epochs out");
    assertMisused("--save DIR/none/saved.zip", "--save must name a file in a folder that exists");
    assertMisused(
        "--class sea=DIR/sea --class wood=DIR/wood --length 500", "class sea has 2 passages");
  }

  private void assertMisused(String options, String message) {
    InProcess.Result result = classify(options);
    assertThat(result.code()).as(result.err()).isEqualTo(2);
    assertThat(result.err()).contains(message);
  }
}
