package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text that a model hardly knows the characters of has no good score. */
class UnknownCharactersCliTest {
  private static final String TALE =
      "Once upon a time there was a miller who had a daughter, and she had a goose.\n".repeat(20);

  @TempDir private static Path folder;
  private static InProcess charnn;

  @BeforeAll
  static void train() throws IOException {
    charnn = new InProcess(folder);
    Path tale = Files.writeString(folder.resolve("tale.txt"), TALE);
    charnn.line(
        "train --steps 100 --hidden 16 --layers 1 --batch-size 8 --seq-length 16 --name tale --corpus "
            + tale);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " --protocol dynamic", " --protocol windows --context 20"})
  void unknownCharactersAreChargedByEveryProtocol(String protocol) throws IOException {
    String mostlyUnknown = ("昔々あるところに御爺さん" + "。".repeat(11) + " a").repeat(80);
    InProcess.Result result = eval(mostlyUnknown, protocol + " --json");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err()).contains("92.0 % of the characters are unknown to the model");
    double share = 1840.0 / 1999; // the first known character is neither predicted nor charged
    assertThat(figure(result, "unknown_share")).isCloseTo(share, within(1e-12));
    assertThat(figure(result, "nats_per_unknown_character"))
        .isCloseTo(Math.log(1_112_064 / share), within(1e-3));
    double known = figure(result, "nats_per_known_character");
    assertThat(figure(result, "nats_per_character"))
        .isCloseTo(
            (1 - share) * (known - Math.log(1 - share)) + share * Math.log(1_112_064 / share),
            within(1e-3));
    assertThat(figure(result, "accuracy")).isLessThanOrEqualTo(1 - share);
    assertThat(Math.log(figure(result, "perplexity")))
        .isCloseTo(figure(result, "nats_per_character"), within(1e-9));
    assertThat(eval(mostlyUnknown, protocol).out())
        .contains("1,840 (92.0 %) unknown to the model", "a charge of 14.");
  }

  @Test
  void aTextWithoutUnknownCharactersHasNoCharge() throws IOException {
    InProcess.Result result = eval(TALE, " --json");
    assertThat(result.err()).doesNotContain("unknown");
    assertThat(result.out())
        .contains("\"unknown_characters\": 0", "\"unknown_share\": 0.0")
        .doesNotContain("nats_per_unknown_character");
    assertThat(figure(result, "nats_per_character"))
        .isEqualTo(figure(result, "nats_per_known_character"));
    assertThat(eval(TALE, "").out()).doesNotContain("unknown", "charge");
  }

  @Test
  void theValidationPartHasItsOwnUnknownCharacters() throws IOException {
    String unknownFirst = "水".repeat(100) + TALE;
    InProcess.Result result = eval(unknownFirst, " --held-out --json");
    assertThat(figure(result, "unknown_characters")).isZero();
    String unknownLast = TALE + "水".repeat(10);
    assertThat(figure(eval(unknownLast, " --held-out --json"), "unknown_characters")).isEqualTo(10);
  }

  @Test
  void aTextOfWhichNothingIsKnownIsRefused() throws IOException {
    InProcess.Result result = eval("水火木金土", "");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("is it the model for this text?");
  }

  private static InProcess.Result eval(String text, String options) throws IOException {
    Path file = Files.writeString(folder.resolve("text.txt"), text);
    return charnn.line("eval --model tale --corpus " + file + options);
  }

  private static double figure(InProcess.Result result, String key) {
    Matcher value = Pattern.compile("\"" + key + "\": ([-+.0-9E]+)").matcher(result.out());
    assertThat(value.find()).as(result.out()).isTrue();
    return Double.parseDouble(value.group(1));
  }
}
