package charnn.engine.dl4j;

import charnn.nn.CellType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.nd4j.linalg.activations.Activation;

class Dl4jRnnFileTest extends Dl4jFileTest {
  @Override
  protected CellType cell() {
    return CellType.RNN;
  }

  @Override
  protected Layer layer(int inputs, int units) {
    return new SimpleRnn.Builder().nIn(inputs).nOut(units).activation(Activation.TANH).build();
  }
}
