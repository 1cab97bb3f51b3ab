package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plan, the end of training and an evaluation show the same baselines of the same split. */
class BaselineCliTest {
  private static final String TALE =
      "Once upon a time there was a miller, who had a donkey and a cat. The cat ate a rat.\n";

  @TempDir private Path folder;
  private Path text;

  @BeforeEach
  void write() throws IOException {
    text = Files.writeString(folder.resolve("tale.txt"), TALE.repeat(30));
  }

  private CommandRun run(String command) {
    List<String> args = new ArrayList<>(List.of(command.split(" ")));
    args.addAll(List.of("--corpus", text.toString()));
    CommandRun run = CommandRun.of(folder, args.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private static JsonElement baselines(CommandRun run) {
    return JsonParser.parseString(run.out()).getAsJsonObject().get("baselines");
  }

  @ParameterizedTest
  @ValueSource(strings = {"forward", "backward"})
  void allShowTheSame(String direction) {
    String settings = " --steps 5 --hidden 8 --batch-size 4 --direction " + direction;
    JsonElement planned = baselines(run("plan --json" + settings));
    CommandRun trained = run("train --name tale" + settings);
    JsonElement evaluated = baselines(run("eval --json --validation --model tale"));
    assertThat(evaluated).isEqualTo(planned);
    JsonObject figures = evaluated.getAsJsonObject();
    assertThat(figures.get("training_characters").getAsInt()).isEqualTo(2268);
    assertThat(figures.get("validation_characters").getAsInt()).isEqualTo(252);
    for (String method : List.of("n_gram", "xz")) {
      double nats = figures.get(method + "_nats_per_character").getAsDouble();
      assertThat(figures.get(method + "_bits_per_character").getAsDouble())
          .isEqualTo(nats / Math.log(2));
      String shown = String.format(java.util.Locale.ROOT, "%.3f (%.2f)", nats, nats / Math.log(2));
      assertThat(trained.err())
          .containsPattern("validation loss .* " + java.util.regex.Pattern.quote(shown));
      assertThat(run("plan" + settings).out().replaceAll("\\s+", " ")).contains(shown);
    }
    assertThat(run("eval --validation --model tale").out())
        .containsPattern("(?m)^order-5 n-gram      0\\.\\d{4} nats per character, 0\\.\\d{4} bits$")
        .containsPattern(
            "(?m)^xz                  0\\.\\d{4} nats per character, 0\\.\\d{4} bits$");
  }

  @Test
  void withoutASplitThereAreNone() {
    String settings = " --steps 5 --hidden 8 --batch-size 4 --validation 0";
    assertThat(baselines(run("plan --json" + settings))).isNull();
    assertThat(run("train --name tale" + settings).err()).doesNotContain("n-gram", "xz");
    assertThat(run("eval --model tale").out()).doesNotContain("n-gram", "xz");
    assertThat(run("train --quiet --name quiet --steps 5 --hidden 8").err())
        .doesNotContain("n-gram", "xz");
  }
}
