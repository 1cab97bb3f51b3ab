package charnn.lab;

import charnn.data.Batch;
import charnn.nn.CellType;
import charnn.nn.GateBlocks;
import charnn.nn.Network;
import charnn.nn.ParameterLayout;
import charnn.nn.RecurrentState;
import java.util.Arrays;
import java.util.LinkedList;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
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
  private final SDVariable recurrent; // R [H x G H]
  private final ParameterLayout.Layer output;
  private final LinkedList<SDVariable[]> states = new LinkedList<>(); // [T + 1][S], latest first

  /**
   * @param state before the batch
   */
  SameDiffNetwork(Network network, Batch batch, RecurrentState state) {
    cell = network.architecture().cell();
    h = network.architecture().hiddenSize();
    parameters = Nd4j.createFromArray(network.parameters()).castTo(DataType.DOUBLE);
    ParameterLayout.Layer layer = network.architecture().parameterLayout().layer(0);
    output = network.architecture().parameterLayout().output();
    recurrent = graph.constant(gates(layer.recurrent(), h, cell.recurrent()));
    INDArray inputs = gates(layer.weights(), layer.spec().inputSize(), cell.input());
    inputs.addiRowVector(gates(layer.bias(), 1, cell.bias()));
    int b = batch.batchSize();
    states.add(
        Arrays.stream(state.values())
            .map(s -> Nd4j.createFromArray(s[0]).castTo(DataType.DOUBLE).reshape(b, h))
            .map(graph::var)
            .toArray(SDVariable[]::new));
    for (int t = 0; t < batch.seqLength(); t++) {
      int[] characters = Arrays.copyOfRange(batch.inputs(), t * b, (t + 1) * b);
      states.addFirst(step(inputs.getRows(characters), states.getFirst()));
    }
  }

  /** Returns W, R or b [rows x G H], which is 0 for gates that it does not reach. */
  private INDArray gates(int from, int rows, GateBlocks reached) {
    INDArray all = Nd4j.zeros(DataType.DOUBLE, rows, cell.gates() * h);
    INDArrayIndex columns = NDArrayIndex.interval(reached.first() * h, reached.last() * h);
    all.put(
        new INDArrayIndex[] {NDArrayIndex.all(), columns}, matrix(from, rows, reached.count() * h));
    return all;
  }

  private INDArray matrix(int from, int rows, int columns) {
    INDArrayIndex all = NDArrayIndex.interval(from, from + rows * columns);
    return parameters.get(all).dup().reshape('f', rows, columns);
  }

  /**
   * @param input x W + b [B x G H]
   */
  private SDVariable[] step(INDArray input, SDVariable... before) {
    SDVariable sums = before[0].mmul(recurrent).add(graph.constant(input));
    SDVariable[] z = graph.split(sums, cell.gates(), 1);
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
    SDVariable weights = graph.constant(matrix(output.weights(), h, v));
    SDVariable bias = graph.constant(matrix(output.bias(), 1, v));
    SDVariable logits = states.getFirst()[0].mmul(weights).add(bias);
    SDVariable oneHot = graph.constant(Nd4j.eye(v).castTo(DataType.DOUBLE).getRows(targets));
    return gradients(graph.nn().logSoftmax(logits).mul(oneHot).sum().neg());
  }

  /**
   * Returns the Jacobian ds_t / ds_(t-1) [S H x S H] of a batch of one step and S H equal rows, of
   * which row i is for the gradient of the i-th state.
   */
  INDArray jacobian() {
    SDVariable last = graph.concat(1, states.getFirst());
    INDArray identity = Nd4j.eye(cell.states() * h).castTo(DataType.DOUBLE);
    INDArray[][] gradients = gradients(last.mul(graph.constant(identity)).sum());
    return Nd4j.hstack(Arrays.stream(gradients).map(s -> s[1]).toArray(INDArray[]::new));
  }

  private INDArray[][] gradients(SDVariable loss) {
    loss.markAsLoss();
    Map<String, INDArray> found =
        graph.calculateGradients(
            Map.of(),
            states.stream().flatMap(Arrays::stream).map(SDVariable::name).toArray(String[]::new));
    return IntStream.range(0, cell.states())
        .mapToObj(s -> states.stream().map(state -> found.get(state[s].name())))
        .map(gradients -> gradients.toArray(INDArray[]::new))
        .toArray(INDArray[][]::new);
  }
}
