package charnn.nn;

import static charnn.util.Formats.format;

import charnn.util.InvalidSettingException;
import charnn.util.JsonName;
import charnn.util.Sentence;
import charnn.util.Setting;
import java.util.ArrayList;
import java.util.List;

/**
 * The shape of a network: stacked recurrent layers of one kind and equal width, and a softmax
 * output layer over the vocabulary. {@link ParameterLayout} says where their parameters lie.
 *
 * @param cell the kind of cell; LSTM in files from when there was no other
 * @param vocabularySize V, the number of characters
 * @param hiddenSize H, the number of units in each layer
 * @param layers the number of recurrent layers
 * @param documents whether the last token is the document mark: in the step that reads it, every
 *     layer begins at zero state, as if nothing had been before; false in files from before
 */
public record NetworkSpec(
    CellType cell,
    @JsonName("alphabetSize") int vocabularySize,
    int hiddenSize,
    int layers,
    boolean documents) {
  public static final int MAX_HIDDEN_SIZE = (int) Setting.HIDDEN_SIZE.range().most();

  /**
   * @throws InvalidSettingException if a value is out of its range or the parameters do not fit
   *     into one array
   */
  public NetworkSpec {
    cell = cell == null ? CellType.LSTM : cell;
    Setting.VOCABULARY_SIZE.require(vocabularySize);
    Setting.HIDDEN_SIZE.require(hiddenSize);
    Setting.LAYERS.require(layers);
    double count = parameterCount(cell, vocabularySize, hiddenSize, layers);
    // The optimizer's state is twice as long, and must fit into one array as well.
    if (count > Integer.MAX_VALUE / 2 - 8) {
      throw new InvalidSettingException(
          Sentence.of(
              "a network of %d layers of %d units has %,.0f parameters; the limit is %,d: lower %s or %s",
              layers,
              hiddenSize,
              count,
              Integer.MAX_VALUE / 2 - 8,
              Setting.HIDDEN_SIZE,
              Setting.LAYERS));
    }
  }

  /** A network that knows no documents. */
  public NetworkSpec(CellType cell, int vocabularySize, int hiddenSize, int layers) {
    this(cell, vocabularySize, hiddenSize, layers, false);
  }

  /** Returns the token id of the document mark; -1, which no input is, if there is none. */
  public int documentMark() {
    return documents ? vocabularySize - 1 : -1;
  }

  /**
   * Returns the FLOP of training on one character: forward pass, and the gradients with respect to
   * weights and inputs. The first layer's input is a lookup and costs none.
   */
  public double trainingFlop() {
    double h = hiddenSize;
    int blocks = cell.input().count() * (layers - 1) + cell.recurrent().count() * layers;
    return 6 * (blocks * h * h + h * vocabularySize);
  }

  /** Returns cell, layers and units in words. */
  public String describe() {
    return describe(cell, layers, hiddenSize);
  }

  /** Returns cell, layers and units in words, of a network that need not be possible. */
  public static String describe(CellType cell, int layers, int hiddenSize) {
    return format(
        "%d %s layer%s of %,d units", layers, cell.title(), layers == 1 ? "" : "s", hiddenSize);
  }

  /** Returns the recurrent layers, from the bottom up, and last the output layer. */
  public List<LayerSpec> layerSpecs() {
    List<LayerSpec> specs = new ArrayList<>();
    for (int l = 0; l < layers; l++) {
      specs.add(new LayerSpec.Recurrent(cell, l == 0 ? vocabularySize : hiddenSize, hiddenSize));
    }
    specs.add(new LayerSpec.Output(hiddenSize, vocabularySize));
    return specs;
  }

  public ParameterLayout parameterLayout() {
    return ParameterLayout.of(layerSpecs());
  }

  public int parameterCount() {
    return parameterLayout().output().end();
  }

  /**
   * Returns the number of parameters of a network that need not be possible.
   *
   * @param v vocabulary size
   * @param h hidden size
   */
  public static double parameterCount(CellType cell, double v, double h, double layers) {
    double input = cell.input().count() * h;
    double rest = cell.recurrent().count() * h * h + cell.bias().count() * h;
    return input * v + rest + (layers - 1) * (input * h + rest) + v * (h + 1);
  }
}
