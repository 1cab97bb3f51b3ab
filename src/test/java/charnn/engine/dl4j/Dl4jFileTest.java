package charnn.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.checkpoint.ModelFile;
import charnn.engine.InferencePass;
import charnn.engine.reference.ReferenceEngine;
import charnn.model.Hyperparameters;
import charnn.model.Model;
import charnn.model.Models;
import charnn.model.TrainingState;
import charnn.nn.CellType;
import charnn.nn.RecurrentState;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A file written by charnn is an ordinary DL4J model: opened here with nothing but DL4J's own
 * classes.
 */
class Dl4jFileTest {
  @TempDir private Path folder;

  private final Model model =
      Models.random(cell(), "the quick brown fox jumps over the lazy dog\n", 7, 2);

  protected CellType cell() {
    return CellType.LSTM;
  }

  /** Returns a layer as a user of DL4J would make it. */
  protected Layer layer(int inputs, int units) {
    return new LSTM.Builder()
        .nIn(inputs)
        .nOut(units)
        .activation(Activation.TANH)
        .forgetGateBiasInit(1)
        .build();
  }

  private Path write() throws IOException {
    Path file = folder.resolve("model.zip");
    int n = model.network().parameters().length;
    float[] mean = new float[n];
    float[] variance = new float[n];
    for (int i = 0; i < n; i++) {
      mean[i] = i * 0.25f;
      variance[i] = (n + i) * 0.25f;
    }
    RecurrentState carried =
        new RecurrentState(model.network().architecture(), model.hyperparameters().batchSize());
    ModelFile.write(file, model, new TrainingState(mean, variance, carried));
    return file;
  }

  @Test
  void dl4jLoadsItAndGivesTheSameProbabilities() throws IOException {
    MultiLayerNetwork dl4j = MultiLayerNetwork.load(write().toFile(), true);
    int v = model.vocabulary().size();
    InferencePass ours = new ReferenceEngine(new ThreadTeam(1)).inference(model.network(), 1);
    float[] logits = new float[v];
    for (char index : model.vocabulary().encode("fox and dog".replaceAll("[^a-z ]", ""))) {
      INDArray x = Nd4j.zeros(1, v);
      x.putScalar(0, index, 1);
      float[] p = dl4j.rnnTimeStep(x).toFloatVector();
      ours.step(new int[] {index}, logits);
      double sum = 0;
      for (float logit : logits) {
        sum += Math.exp(logit);
      }
      for (int k = 0; k < v; k++) {
        assertThat((double) p[k]).isCloseTo(Math.exp(logits[k]) / sum, within(1e-6));
      }
    }
  }

  @Test
  void itsParametersItsAdamStateAndItsIterationAreDl4js() throws IOException {
    MultiLayerNetwork dl4j = MultiLayerNetwork.load(write().toFile(), true);
    assertThat(dl4j.params().toFloatVector()).isEqualTo(model.network().parameters());
    float[] state = dl4j.getUpdater().getStateViewArray().toFloatVector();
    assertThat(state).hasSize(2 * model.network().parameters().length);
    for (int i = 0; i < state.length; i++) {
      assertThat(state[i]).isEqualTo(i * 0.25f);
    }
    assertThat(dl4j.getIterationCount()).isEqualTo((int) model.progress().step());
  }

  @Test
  void dl4jCanTrainOnFromIt() throws IOException {
    MultiLayerNetwork dl4j = MultiLayerNetwork.load(write().toFile(), true);
    int v = model.vocabulary().size();
    int[] characters = {1, 2, 3, 4, 5, 6};
    INDArray x = Dl4jNetworks.oneHot(characters, 2, v, 3);
    dl4j.fit(x, x);
    assertThat(dl4j.params().toFloatVector()).isNotEqualTo(model.network().parameters());
  }

  @Test
  void itsConfigurationIsWhatDl4jWouldHaveWritten() throws IOException {
    String written;
    try (ZipFile zip = new ZipFile(write().toFile())) {
      written =
          new String(
              zip.getInputStream(zip.getEntry("configuration.json")).readAllBytes(),
              StandardCharsets.UTF_8);
    }
    int v = model.vocabulary().size();
    MultiLayerConfiguration expected =
        new NeuralNetConfiguration.Builder()
            .seed(model.hyperparameters().seed())
            .updater(
                new Adam(
                    model.hyperparameters().schedule().learningRate(),
                    Hyperparameters.ADAM_BETA_1,
                    Hyperparameters.ADAM_BETA_2,
                    Hyperparameters.ADAM_EPSILON))
            .weightInit(WeightInit.XAVIER)
            .list()
            .layer(layer(v, 7))
            .layer(layer(7, 7))
            .layer(
                new RnnOutputLayer.Builder(LossFunction.MCXENT)
                    .activation(Activation.SOFTMAX)
                    .nIn(7)
                    .nOut(v)
                    .build())
            .build();
    expected.setIterationCount((int) model.progress().step());
    new MultiLayerNetwork(expected).init(); // fills in the layers' variables
    assertThat(MultiLayerConfiguration.fromJson(written)).isEqualTo(expected);
    assertThat(MultiLayerConfiguration.fromJson(written).toJson()).isEqualTo(expected.toJson());
  }
}
