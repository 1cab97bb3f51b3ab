package charnn.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import charnn.checkpoint.ModelFileException;
import charnn.data.Corpus;
import charnn.data.DecodingSettings;
import charnn.data.Vocabulary;
import charnn.model.Model;
import charnn.model.Models;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class MixtureTest {
  private static final Model COMPOSED = Models.random("abé", 4, 1);
  private static final Model AS_IT_WAS = asItWas(Models.random("abce", 4, 1));

  /** Returns a model that does not record that its text was normalized. */
  private static Model asItWas(Model model) {
    Corpus corpus =
        new Corpus(
            "text",
            model.provenance().corpus(),
            new DecodingSettings(null, false).withoutNormalization(),
            List.of(),
            List.of());
    return new Model(
        model.network(),
        model.vocabulary(),
        model.hyperparameters(),
        model.progress(),
        model.provenance().with(corpus, model.provenance().text()));
  }

  private static Mixture mixture(List<Double> weights, Model... models) throws Exception {
    return Mixture.of(
        Arrays.stream(models)
            .map(
                model ->
                    new ModelOptions.Found(Path.of("m"), "m" + model.vocabulary().size(), model))
            .toList(),
        weights);
  }

  @Test
  void textIsNormalizedIfThatOfOneModelWas() throws Exception {
    String apart = "e\u0301";
    List<Double> alike = List.of(1.0, 1.0);
    assertThat(mixture(alike, AS_IT_WAS, COMPOSED).decoding().normalized(apart)).isEqualTo("é");
    assertThat(mixture(alike, COMPOSED, AS_IT_WAS).decoding().normalized(apart)).isEqualTo("é");
    assertThat(mixture(alike, AS_IT_WAS, AS_IT_WAS).decoding().normalized(apart)).isEqualTo(apart);
  }

  @Test
  void itKnowsWhatOneOfItsModelsKnows() throws Exception {
    Mixture mixture = mixture(List.of(1.0, 1.0), AS_IT_WAS, COMPOSED);
    assertThat(mixture.vocabulary()).isEqualTo(Vocabulary.ofText("abceé"));
  }

  @Test
  void itsNameHasTheWeights() throws Exception {
    assertThat(mixture(List.of(7.0, 3.0), AS_IT_WAS, COMPOSED).label())
        .isEqualTo("0.7 m4 + 0.3 m3");
    assertThat(mixture(Collections.nCopies(3, 1.0), COMPOSED, COMPOSED, COMPOSED).label())
        .isEqualTo("0.333 m3 + 0.333 m3 + 0.333 m3");
    assertThat(mixture(List.of(1.0, 1e6), AS_IT_WAS, COMPOSED).label()).isEqualTo("1e-6 m4 + 1 m3");
    assertThat(mixture(List.of(1.0), COMPOSED).labelWithSteps()).isEqualTo("m3 (step 17)");
  }

  @Test
  void modelsThatKnowTooManyCharactersTogetherAreRefused() {
    StringBuilder first = new StringBuilder();
    StringBuilder second = new StringBuilder();
    for (int i = 0; i < 40_000; i++) {
      first.appendCodePoint(0x10000 + i);
      second.appendCodePoint(0x20000 + i);
    }
    assertThatThrownBy(
            () ->
                mixture(
                    List.of(1.0, 1.0),
                    Models.random(first.toString(), 1, 1),
                    Models.random(second.toString(), 1, 1)))
        .isInstanceOf(ModelFileException.class)
        .hasMessage("the 2 models know more than 65,536 characters together; take fewer of them");
  }
}
