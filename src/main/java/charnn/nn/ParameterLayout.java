package charnn.nn;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the parameters of each layer lie in the flat vector, in DL4J's order: {@code [W][R][b]} of
 * one layer after the other. Matrices are column-major: the weights into one unit are contiguous,
 * and the weight from input i to column j is at {@code i + j * rows}.
 *
 * @param layers the recurrent layers from the bottom up, and last the output layer
 */
public record ParameterLayout(List<Layer> layers) {
  public ParameterLayout {
    layers = List.copyOf(layers);
  }

  /**
   * One layer's parameters.
   *
   * @param spec its shape
   * @param weights offset of W
   */
  public record Layer(LayerSpec spec, int weights) {
    /** Returns the offset of R, which is empty in a layer that is not recurrent. */
    public int recurrent() {
      return weights + spec.inputSize() * spec.inputColumns();
    }

    /** Returns the offset of b. */
    public int bias() {
      return recurrent() + spec.recurrentInputs() * spec.recurrentColumns();
    }

    /** Returns the end of b. */
    public int end() {
      return bias() + spec.biasColumns();
    }
  }

  /** Returns the layout of layers whose parameters fit into one array. */
  static ParameterLayout of(List<LayerSpec> specs) {
    List<Layer> layers = new ArrayList<>();
    int at = 0;
    for (LayerSpec spec : specs) {
      Layer layer = new Layer(spec, at);
      layers.add(layer);
      at = layer.end();
    }
    return new ParameterLayout(layers);
  }

  public Layer layer(int l) {
    return layers.get(l);
  }

  /** Returns the output layer. */
  public Layer output() {
    return layers.get(layers.size() - 1);
  }
}
