package charnn.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import charnn.data.Direction;
import charnn.engine.reference.ReferenceEngine;
import charnn.model.Hyperparameters;
import charnn.model.Model;
import charnn.model.Models;
import charnn.predict.BothSides;
import charnn.predict.SingleModel;
import charnn.util.ThreadTeam;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PairTest {
  private static final Model FORWARD = Models.random("abc", 4, 1);
  private static final Model BACKWARD = turned(FORWARD);

  private static Model turned(Model model) {
    return new Model(
        model.network(),
        model.vocabulary(),
        model.hyperparameters().toBuilder()
            .set(Hyperparameters.DIRECTION, Direction.BACKWARD)
            .build(),
        model.progress(),
        model.provenance());
  }

  private static ModelOptions.Found found(String label, Model model) {
    return new ModelOptions.Found(Path.of(label), label, model);
  }

  @Test
  void aPairIsOfBothDirections() throws Exception {
    Pair pair = Pair.of(found("f", FORWARD), found("b", BACKWARD));
    assertThat(pair.languageModels(new ReferenceEngine(new ThreadTeam(1))).vocabulary())
        .isEqualTo(FORWARD.vocabulary());
    assertThat(pair.labelWithSteps()).isEqualTo("f (step 17) and b (step 17)");
    assertThatThrownBy(() -> Pair.of(found("b", BACKWARD), found("f", FORWARD)))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("b reads backwards, and --model needs a model that reads forwards");
    assertThatThrownBy(() -> Pair.of(found("f", FORWARD), found("g", FORWARD)))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("g reads forwards, and --backward needs")
        .hasMessageContaining("--direction both");
  }

  @Test
  void aPairKnowsTheSameCharacters() {
    Model other = turned(Models.random("abd", 4, 1));
    assertThatThrownBy(() -> Pair.of(found("f", FORWARD), found("b", other)))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("f and b know different characters");
    ReferenceEngine engine = new ReferenceEngine(new ThreadTeam(1));
    assertThatThrownBy(
            () -> new BothSides(new SingleModel(engine, FORWARD), new SingleModel(engine, other)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
