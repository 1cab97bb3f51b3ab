package charnn.engine.reference;

import charnn.data.Batch;
import charnn.engine.Logits;
import charnn.nn.LossMetrics;
import java.util.Arrays;

/** The softmax layer on some rows of a batch. Row r at time t has row index s = t R + r. */
final class OutputLayer {
  private final float[][] weightsByInput; // [H][V]
  private final float[][] weightsByColumn; // [V][H]
  private final float[] bias; // [V]
  private final float[][] logits; // [T R][V] overwritten with their gradient

  OutputLayer(Weights weights, int window) {
    int layer = weights.bias.length - 1;
    weightsByInput = weights.byInput[layer];
    weightsByColumn = weights.byColumn[layer];
    bias = weights.bias[layer];
    logits = new float[window][bias.length];
  }

  /**
   * Computes the logits.
   *
   * @param x the input of row index s in row xFirst + s
   */
  void forward(float[][] x, int xFirst) {
    for (int s = 0; s < logits.length; s++) {
      System.arraycopy(bias, 0, logits[s], 0, bias.length);
      Kernels.addVectorMatrix(x[xFirst + s], weightsByInput, logits[s]);
    }
  }

  /** Copies the logits of the last forward pass to [T x R x V]. */
  void copyLogits(float[] out) {
    for (int s = 0; s < logits.length; s++) {
      System.arraycopy(logits[s], 0, out, s * bias.length, bias.length);
    }
  }

  /**
   * Returns the loss of a row, and overwrites its logits with its gradient: softmax minus one-hot
   * target, times a factor; zero where the target is ignored.
   */
  LossMetrics lossAndGradient(int s, int target, float factor) {
    float[] row = logits[s];
    if (target == Batch.IGNORED) {
      Arrays.fill(row, 0);
      return LossMetrics.NONE;
    }
    int best = Logits.argMax(row, 0, row.length);
    float max = row[best];
    float shifted = row[target] - max;
    float sum = 0;
    for (int k = 0; k < row.length; k++) {
      row[k] = Functions.exp(row[k] - max);
      sum += row[k];
    }
    float scale = factor / sum;
    for (int k = 0; k < row.length; k++) {
      row[k] *= scale;
    }
    row[target] -= factor;
    return new LossMetrics(StrictMath.log(sum) - shifted, best == target ? 1 : 0, 1);
  }

  /**
   * The backward pass.
   *
   * @param x as in {@link #forward}
   * @param weightGradient [V][H] added to
   * @param biasGradient [V] added to
   * @param dInput [T R][H] overwritten with the gradient with respect to x
   */
  void backward(
      float[][] x, int xFirst, float[][] weightGradient, float[] biasGradient, float[][] dInput) {
    Kernels.addTransposedMatrix(logits, x, xFirst, weightGradient);
    Kernels.addRows(logits, biasGradient);
    Kernels.multiplyRows(logits, weightsByColumn, dInput);
  }
}
