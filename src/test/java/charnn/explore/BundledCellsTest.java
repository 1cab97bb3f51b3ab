package charnn.explore;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.checkpoint.ModelFile;
import charnn.data.Tokens;
import charnn.engine.Engine;
import charnn.engine.registry.EngineType;
import charnn.generate.Generator;
import charnn.generate.SamplingSettings;
import charnn.generate.Start;
import charnn.model.Model;
import charnn.nn.Clamp;
import charnn.predict.SingleModel;
import charnn.util.ThreadTeam;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of the bundled model's cells is what they do. */
class BundledCellsTest {
  private static final int TEXTS = 4;
  private static final int LENGTH = 600;

  /** Returns texts, one after the other. */
  private static String written(
      Engine engine, Model model, int length, ThreadTeam workers, Clamp... clamps) {
    StringBuilder[] texts = new StringBuilder[TEXTS];
    for (int i = 0; i < TEXTS; i++) {
      texts[i] = new StringBuilder();
    }
    new Generator(new SingleModel(engine, model, List.of(clamps)), workers)
        .generate(
            new int[0],
            Start.PARAGRAPH,
            length,
            TEXTS,
            i -> SamplingSettings.ofTemperature(0.8).sampler(i),
            (text, codePoint) -> texts[text].appendCodePoint(codePoint) != null);
    return String.join("\n", texts);
  }

  private static long lines(String text) {
    return text.lines().count();
  }

  /** Held where a line has just begun, the model writes on; held where it is long, it ends it. */
  @Test
  void aCellKnowsThePlaceInTheLineAndHeldItRulesTheLinesLength() throws Exception {
    Model model = ModelFile.read(Path.of("models/bundled.zip"));
    try (ThreadTeam workers = new ThreadTeam(2)) {
      Engine engine = EngineType.fastest().create(workers);
      String plain = written(engine, model, LENGTH, workers);
      Tokens tokens = Tokens.of(model.vocabulary().encode(plain));
      Recording recording = Recording.of(engine, model, tokens, done -> {});
      Knowledge knowledge =
          Knowledge.of(
              recording,
              Property.of(recording.text(), recording.next()),
              39,
              1,
              workers,
              done -> {});
      Knowledge.Cell cell =
          knowledge.findings().stream()
              .filter(of -> of.property().equals("characters since the line began"))
              .flatMap(of -> of.cells().stream())
              .findFirst()
              .orElseThrow();
      assertThat(Math.abs(cell.correlation())).isGreaterThan(0.8);
      float end = (float) Math.signum(cell.correlation());
      Clamp atTheEnd = new Clamp(cell.layer() - 1, cell.unit() - 1, end);
      Clamp atTheBeginning = new Clamp(cell.layer() - 1, cell.unit() - 1, -end);
      long lines = lines(plain);
      assertThat(lines(written(engine, model, LENGTH, workers, atTheEnd))).isGreaterThan(2 * lines);
      assertThat(lines(written(engine, model, LENGTH, workers, atTheBeginning)))
          .isLessThan(lines / 2);
    }
  }
}
