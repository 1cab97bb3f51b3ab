package charnn.engine.dl4j;

import charnn.engine.Dropout;
import charnn.nn.CellType;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.util.InvalidSettingException;
import charnn.util.Sentence;
import charnn.util.Setting;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Makes a DL4J network from an architecture; a file's own configuration is never used. */
final class Dl4jNetworks {
  private Dl4jNetworks() {}

  static MultiLayerNetwork create(Network network, Dropout dropout) {
    NetworkSpec architecture = network.architecture();
    if (architecture.documents()) {
      throw new InvalidSettingException(
          Sentence.of(
              "%s dl4j cannot begin a document at zero state within a text; omit %s",
              Setting.ENGINE, Setting.ENGINE));
    }
    int h = architecture.hiddenSize();
    // The optimizer is charnn's: DL4J only computes gradients.
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder().seed(dropout.seed()).updater(new NoOp()).list();
    for (int l = 0; l < architecture.layers(); l++) {
      BaseRecurrentLayer.Builder<?> layer = layer(architecture.cell());
      layer.nIn(l == 0 ? architecture.vocabularySize() : h);
      layer.nOut(h);
      layer.activation(Activation.TANH);
      if (l > 0 && dropout.isActive()) {
        layer.dropOut(1 - dropout.probability());
      }
      layers.layer(layer.build());
    }
    RnnOutputLayer.Builder output =
        new RnnOutputLayer.Builder(LossFunction.MCXENT)
            .activation(Activation.SOFTMAX)
            .nIn(h)
            .nOut(architecture.vocabularySize());
    layers.layer(
        dropout.isActive() ? output.dropOut(1 - dropout.probability()).build() : output.build());
    MultiLayerConfiguration configuration = layers.build();
    MultiLayerNetwork dl4j = new MultiLayerNetwork(configuration);
    dl4j.init();
    setParameters(dl4j, network);
    return dl4j;
  }

  private static BaseRecurrentLayer.Builder<?> layer(CellType cell) {
    return switch (cell) {
      case LSTM -> new LSTM.Builder().gateActivationFunction(Activation.SIGMOID);
      case RNN -> new SimpleRnn.Builder();
      case GRU, MLSTM, PHASED_LSTM -> throw noLayer(cell);
    };
  }

  /** Returns what DL4J calls the states of a cell [S]. */
  static List<String> stateKeys(CellType cell) {
    return switch (cell) {
      case LSTM ->
          List.of(
              org.deeplearning4j.nn.layers.recurrent.LSTM.STATE_KEY_PREV_ACTIVATION,
              org.deeplearning4j.nn.layers.recurrent.LSTM.STATE_KEY_PREV_MEMCELL);
      case RNN ->
          List.of(org.deeplearning4j.nn.layers.recurrent.SimpleRnn.STATE_KEY_PREV_ACTIVATION);
      case GRU, MLSTM, PHASED_LSTM -> throw noLayer(cell);
    };
  }

  private static InvalidSettingException noLayer(CellType cell) {
    return new InvalidSettingException(
        Sentence.of(
            "%s dl4j has no layer of the cell %s; omit %s", Setting.ENGINE, cell, Setting.ENGINE));
  }

  static void setParameters(MultiLayerNetwork dl4j, Network network) {
    dl4j.setParams(Nd4j.createFromArray(network.parameters()));
  }

  /**
   * Returns characters as one-hot vectors.
   *
   * @param characters [T x B] token ids: row b at time t at index t * B + b
   * @return [B, V, T] in Fortran order: any other is copied slice by slice
   */
  static INDArray oneHot(int[] characters, int batchSize, int vocabularySize, int seqLength) {
    float[] values = new float[batchSize * vocabularySize * seqLength];
    for (int s = 0; s < characters.length; s++) {
      int t = s / batchSize;
      int b = s % batchSize;
      values[b + batchSize * (characters[s] + vocabularySize * t)] = 1;
    }
    return Nd4j.create(values, new int[] {batchSize, vocabularySize, seqLength}, 'f');
  }
}
