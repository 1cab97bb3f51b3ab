package charnn.engine.dl4j;

import charnn.nn.NetworkSpec;
import charnn.nn.RecurrentState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Copies the recurrent state to and from a DL4J network.
 *
 * @param keys what DL4J calls the states of the cell [S]
 */
record Dl4jStates(NetworkSpec architecture, List<String> keys) {
  Dl4jStates(NetworkSpec architecture) {
    this(architecture, Dl4jNetworks.stateKeys(architecture.cell()));
  }

  void set(MultiLayerNetwork dl4j, RecurrentState state) {
    for (int l = 0; l < architecture.layers(); l++) {
      Map<String, INDArray> layer = new HashMap<>();
      for (int s = 0; s < keys.size(); s++) {
        layer.put(keys.get(s), matrix(state.values()[s][l], state.batchSize()));
      }
      dl4j.rnnSetPreviousState(l, layer);
    }
  }

  private INDArray matrix(float[] rows, int batchSize) {
    return Nd4j.create(rows.clone(), new int[] {batchSize, architecture.hiddenSize()}, 'c')
        .dup('f');
  }

  void get(MultiLayerNetwork dl4j, RecurrentState state) {
    for (int l = 0; l < architecture.layers(); l++) {
      Map<String, INDArray> layer = dl4j.rnnGetPreviousState(l);
      for (int s = 0; s < keys.size(); s++) {
        float[] to = state.values()[s][l];
        System.arraycopy(layer.get(keys.get(s)).dup('c').data().asFloat(), 0, to, 0, to.length);
      }
    }
  }
}
