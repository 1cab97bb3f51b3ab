package charnn.lab;

import charnn.data.Batch;
import charnn.nn.CellType;
import charnn.nn.GateBlocks;
import charnn.nn.Network;
import charnn.nn.ParameterLayout;
import charnn.nn.RecurrentState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A network of charnn's engine with one layer of RNN, LSTM or GRU cells, unrolled over a batch as
 * SameDiff's operations in double precision; {@code charnn.engine.reference} has the formulas.
 */
final class SameDiffNetwork {
  private final SameDiff graph = SameDiff.create();
  private final CellType cell;
  private final int h;
  private final INDArray parameters;
  private final SDVariable[] recurrent; // [G] of R [H x H]; null where it does not reach
  private final ParameterLayout.Layer layer;
  private final ParameterLayout.Layer output;
  private final List<SDVariable[]> states = new ArrayList<>(); // [T + 1][S] of [B x H]

  /**
   * @param state before the batch
   */
  SameDiffNetwork(Network network, Batch batch, RecurrentState state) {
    cell = network.architecture().cell();
    h = network.architecture().hiddenSize();
    parameters = Nd4j.createFromArray(network.parameters()).castTo(DataType.DOUBLE);
    layer = network.architecture().parameterLayout().layer(0);
    output = network.architecture().parameterLayout().output();
    recurrent = new SDVariable[cell.gates()];
    for (int g = 0; g < recurrent.length; g++) {
      INDArray r = block(layer.recurrent(), h, cell.recurrent(), g);
      recurrent[g] = r == null ? null : graph.constant(r);
    }
    int b = batch.batchSize();
    states.add(
        Arrays.stream(state.values())
            .map(s -> Nd4j.createFromArray(s[0]).castTo(DataType.DOUBLE).reshape(b, h))
            .map(graph::var)
            .toArray(SDVariable[]::new));
    for (int t = 0; t < batch.seqLength(); t++) {
      int[] characters = Arrays.copyOfRange(batch.inputs(), t * b, (t + 1) * b);
      states.add(step(characters, states.get(t)));
    }
  }

  /** Returns a gate's block of W, R or b; null where that does not reach it. */
  private INDArray block(int offset, int rows, GateBlocks reached, int gate) {
    return reached.contains(gate)
        ? matrix(offset + (gate - reached.first()) * rows * h, rows, h)
        : null;
  }

  private INDArray matrix(int from, int rows, int columns) {
    return parameters
        .get(NDArrayIndex.interval(from, from + rows * columns))
        .dup()
        .reshape('f', rows, columns);
  }

  private SDVariable[] step(int[] characters, SDVariable... before) {
    SDVariable[] z = new SDVariable[recurrent.length];
    for (int g = 0; g < z.length; g++) {
      INDArray x = block(layer.weights(), layer.spec().inputSize(), cell.input(), g);
      INDArray b = block(layer.bias(), 1, cell.bias(), g);
      z[g] = graph.constant(x == null ? b : x.getRows(characters).addiRowVector(b));
      z[g] = recurrent[g] == null ? z[g] : before[0].mmul(recurrent[g]).add(z[g]);
    }
    return switch (cell) {
      case RNN -> new SDVariable[] {tanh(z[0])};
      case LSTM -> {
        SDVariable c = sigmoid(z[1]).mul(before[1]).add(sigmoid(z[3]).mul(tanh(z[0])));
        yield new SDVariable[] {sigmoid(z[2]).mul(tanh(c)), c};
      }
      case GRU -> {
        SDVariable n = tanh(sigmoid(z[1]).mul(z[3]).add(z[0]));
        yield new SDVariable[] {before[0].sub(n).mul(sigmoid(z[2])).add(n)};
      }
      default -> throw new IllegalArgumentException("there is no SameDiff form of " + cell);
    };
  }

  private SDVariable sigmoid(SDVariable x) {
    return graph.nn().sigmoid(x);
  }

  private SDVariable tanh(SDVariable x) {
    return graph.math().tanh(x);
  }

  /**
   * Returns dL_t / ds_(t-k) for k = 0 to T, with L_t = -ln p of the last targets [B].
   *
   * @return [S][T + 1] of [B x H]
   */
  INDArray[][] lossGradients(int... targets) {
    int v = output.spec().outputSize();
    SDVariable logits =
        last()[0]
            .mmul(graph.constant(matrix(output.weights(), h, v)))
            .add(graph.constant(matrix(output.bias(), 1, v)));
    INDArray oneHot = Nd4j.eye(v).castTo(DataType.DOUBLE).getRows(targets);
    SDVariable logSumExp = graph.math().log(graph.math().exp(logits).sum(1)).sum();
    return gradients(logSumExp.sub(logits.mul(graph.constant(oneHot)).sum()));
  }

  /**
   * Returns the Jacobian ds_t / ds_(t-1) [S H x S H] of a batch of one step and S H equal rows, of
   * which row i is for the gradient of the i-th state.
   */
  INDArray jacobian() {
    INDArray identity = Nd4j.eye(last().length * h).castTo(DataType.DOUBLE);
    SDVariable trace = null;
    for (int s = 0; s < last().length; s++) {
      INDArray some = identity.get(NDArrayIndex.all(), NDArrayIndex.interval(s * h, (s + 1) * h));
      SDVariable sum = last()[s].mul(graph.constant(some.dup())).sum();
      trace = trace == null ? sum : trace.add(sum);
    }
    return Nd4j.hstack(Arrays.stream(gradients(trace)).map(s -> s[1]).toArray(INDArray[]::new));
  }

  private SDVariable[] last() {
    return states.get(states.size() - 1);
  }

  private INDArray[][] gradients(SDVariable loss) {
    loss.markAsLoss();
    Map<String, INDArray> found =
        graph.calculateGradients(
            Map.of(),
            states.stream().flatMap(Arrays::stream).map(SDVariable::name).toArray(String[]::new));
    INDArray[][] gradients = new INDArray[last().length][states.size()];
    for (int s = 0; s < gradients.length; s++) {
      for (int k = 0; k < states.size(); k++) {
        gradients[s][k] = found.get(states.get(states.size() - 1 - k)[s].name());
      }
    }
    return gradients;
  }
}
