package charnn.engine.reference;

import charnn.engine.Dropout;
import charnn.engine.Logits;
import charnn.nn.LayerSpec;
import charnn.nn.Network;
import charnn.nn.RecurrentState;

/**
 * How much the loss of one prediction in a passage depends on each character before it: the norm of
 * the loss's gradient with respect to the character's embedding. The input is one-hot, so that the
 * embedding is the row of W that a character adds to the first layer's pre-activations.
 *
 * <p>Not for use by several threads at once; a network's weights may be shared.
 */
public final class InputGradients {
  private final LayerStack stack;
  private final float[][][] gates; // [layers][T][G H] as the forward pass left them
  private final float[] logits; // [T x V]
  private final int v;
  private final LayerSpec first;

  /**
   * Reads a passage.
   *
   * @param weights read only
   * @param tokens [T] token ids
   * @param state the state before it, of one row
   */
  private InputGradients(Network network, Weights weights, int[] tokens, RecurrentState state) {
    v = network.architecture().vocabularySize();
    first = network.architecture().layerSpecs().get(0);
    stack = new LayerStack(network.architecture(), weights, 1, tokens.length, 0, Dropout.NONE);
    stack.load(state, 0);
    stack.forward(tokens, 1, 0, Dropout.NONE, 0);
    logits = new float[tokens.length * v];
    stack.copyLogits(logits);
    gates = new float[network.architecture().layers()][][];
    for (int l = 0; l < gates.length; l++) {
      gates[l] = stack.layer(l).copyGates();
    }
  }

  /** Returns a maker of such for passages of one network; its parameters are read once, now. */
  public static Maker of(Network network) {
    Weights weights = new Weights(network);
    return (tokens, state) -> new InputGradients(network, weights, tokens, state);
  }

  /** Reads passages. It may be used by several threads. */
  @FunctionalInterface
  public interface Maker {
    InputGradients read(int[] tokens, RecurrentState state);
  }

  /**
   * Returns the norms for the prediction after one place.
   *
   * @param at the place, 0 to T - 1
   * @param target the token that followed it
   * @return [at + 1] of the characters up to it
   */
  public double[] norms(int at, int target) {
    float[] dLogits = new float[v];
    for (int k = 0; k < v; k++) {
      double p = StrictMath.exp(Logits.logProbability(logits, at * v, v, k));
      dLogits[k] = (float) (p - (k == target ? 1 : 0));
    }
    for (int l = 0; l < gates.length; l++) {
      stack.layer(l).restoreGates(gates[l]);
    }
    float[][] dz = stack.inputGradient(dLogits, at);
    double[] norms = new double[at + 1];
    for (int t = 0; t <= at; t++) {
      double sum = 0;
      for (int j = 0; j < first.inputColumns(); j++) {
        double value = dz[t][first.firstInputColumn() + j];
        sum += value * value;
      }
      norms[t] = Math.sqrt(sum);
    }
    return norms;
  }
}
