package charnn.engine.simd;

import static charnn.engine.simd.gemm.Simd.NR;
import static charnn.engine.simd.gemm.Simd.ROW_BLOCK;

import charnn.data.Batch;
import charnn.engine.simd.gemm.Gemm;
import charnn.engine.simd.gemm.MatrixView;
import charnn.engine.simd.gemm.PackedPanels;
import charnn.engine.simd.gemm.RowView;
import charnn.engine.simd.math.Softmax;
import charnn.engine.simd.schedule.OutputTask;
import charnn.engine.simd.schedule.Rows;

/**
 * The softmax layer: logits, loss, and the gradient of the mean loss with respect to the logits.
 * Views of its own, as {@link RecurrentLayer}.
 */
final class OutputLayer implements OutputTask {
  private final Window window;
  private final Activations acts;
  private final Softmax softmax;
  private final MatrixView input; // of several time steps
  private final PackedPanels weights;
  private final RowView bias;
  private final MatrixView logits; // of several time steps

  OutputLayer(Window window, Activations acts, PackedWeights weights) {
    this.window = window;
    this.acts = acts;
    int layers = acts.gates.length;
    this.softmax = new Softmax(weights.columns[layers].padded(), acts.windowRows * NR);
    this.input = acts.output(layers - 1).alongTime();
    this.weights = weights.input[layers].matrix.panels();
    this.bias = new RowView(weights.bias[layers]);
    this.logits = acts.logits.alongTime();
  }

  @Override
  public void run(int firstTime, int lastTime, Rows rows) {
    for (int block = rows.first(); block < rows.last(); block++) {
      Gemm.gemm(
          lastTime - firstTime,
          input.at(block, 0, acts.outputRow(firstTime)),
          weights,
          bias,
          logits.at(block, 0, firstTime * ROW_BLOCK));
    }
    for (int block = rows.first(); block < rows.last(); block++) {
      lossAndGradient(block, firstTime, lastTime);
    }
  }

  /**
   * Computes the loss of some time steps, and overwrites their logits with the gradient of the mean
   * loss; that of padding rows and of ignored places is zero.
   */
  private void lossAndGradient(int block, int firstTime, int lastTime) {
    float factor = 1f / window.counted();
    float[] values = acts.logits.values();
    for (int s = firstTime * ROW_BLOCK; s < lastTime * ROW_BLOCK; s++) {
      int offset = acts.logits.offset(block, 0, s);
      int target = window.target(block, s);
      if (target == Batch.IGNORED) {
        softmax.clear(values, offset);
        window.score(block, s, 0, false);
        continue;
      }
      float max = softmax.max(values, offset);
      boolean correct = softmax.isLargest(values, offset, target, max);
      window.score(block, s, softmax.lossAndGradient(values, offset, target, max, factor), correct);
    }
  }
}
