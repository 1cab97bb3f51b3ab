package charnn.nn;

import static charnn.util.Formats.format;

import charnn.util.InvalidSettingException;
import charnn.util.JsonName;
import charnn.util.Sentence;
import charnn.util.Setting;
import java.util.ArrayList;
import java.util.List;

/**
 * The shape of a network: stacked LSTM layers of equal width and a softmax output layer over the
 * vocabulary.
 *
 * <p>All parameters lie in one flat vector in DL4J's order: for each LSTM layer {@code [W: nIn x
 * 4H][R: H x 4H][b: 4H]}, then for the output layer {@code [W: H x V][b: V]}. Matrices are
 * column-major: the weights into one unit are contiguous, and the weight from input i to column j
 * is at {@code i + j * nIn}. The 4H columns are four gates of H in the order candidate (tanh),
 * forget, output, input (sigmoid).
 *
 * @param vocabularySize V, the number of characters
 * @param hiddenSize H, the number of units in each layer
 * @param layers the number of LSTM layers
 */
public record NetworkSpec(
    @JsonName("alphabetSize") int vocabularySize, int hiddenSize, int layers) {
  public static final int MAX_HIDDEN_SIZE = (int) Setting.HIDDEN_SIZE.range().most();

  /**
   * @throws InvalidSettingException if a value is out of its range or the parameters do not fit
   *     into one array
   */
  public NetworkSpec {
    Setting.VOCABULARY_SIZE.require(vocabularySize);
    Setting.HIDDEN_SIZE.require(hiddenSize);
    Setting.LAYERS.require(layers);
    long count = parameterCount(vocabularySize, hiddenSize, layers);
    // The optimizer's state is twice as long, and must fit into one array as well.
    if (count > Integer.MAX_VALUE / 2 - 8) {
      throw new InvalidSettingException(
          Sentence.of(
              "a network of %d layers of %d units has %,d parameters; the limit is %,d: lower %s or %s",
              layers,
              hiddenSize,
              count,
              Integer.MAX_VALUE / 2 - 8,
              Setting.HIDDEN_SIZE,
              Setting.LAYERS));
    }
  }

  /**
   * Where one layer's parameters lie in the flat vector.
   *
   * @param inputSize nIn: V for the first layer, else H
   * @param weights offset of W [nIn x columns]
   * @param recurrent offset of R [H x columns], or -1 in the output layer
   * @param bias offset of b [columns]
   * @param columns 4H, or V in the output layer
   */
  public record Layer(int inputSize, int columns, int weights, int recurrent, int bias) {
    public int parameterCount() {
      return bias + columns - weights;
    }
  }

  /**
   * Returns the FLOP of training on one character: forward pass, and the gradients with respect to
   * weights and inputs. The first layer's input is a lookup and costs none.
   */
  public double trainingFlop() {
    double h = hiddenSize;
    return 6 * (4 * h * h * (2 * layers - 1) + h * vocabularySize);
  }

  /** Returns layers and units in words. */
  public String describe() {
    return describe(layers, hiddenSize);
  }

  /** Returns layers and units in words, of a network that need not be possible. */
  public static String describe(int layers, int hiddenSize) {
    return format("%d layer%s of %,d units", layers, layers == 1 ? "" : "s", hiddenSize);
  }

  /** Returns the places of the LSTM layers, from the bottom up, and last of the output layer. */
  public List<Layer> parameterLayout() {
    List<Layer> layout = new ArrayList<>();
    int at = 0;
    for (int l = 0; l < layers; l++) {
      int inputSize = l == 0 ? vocabularySize : hiddenSize;
      int columns = 4 * hiddenSize;
      int recurrent = at + inputSize * columns;
      int bias = recurrent + hiddenSize * columns;
      layout.add(new Layer(inputSize, columns, at, recurrent, bias));
      at = bias + columns;
    }
    layout.add(new Layer(hiddenSize, vocabularySize, at, -1, at + hiddenSize * vocabularySize));
    return layout;
  }

  public int parameterCount() {
    return (int) parameterCount(vocabularySize, hiddenSize, layers);
  }

  private static long parameterCount(long v, long h, long layers) {
    return 4 * h * (v + h + 1) + (layers - 1) * 4 * h * (2 * h + 1) + v * (h + 1);
  }
}
