package charnn.lab;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.api.OutAndGrad;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;

/** Trains the variables of a SameDiff graph, which has one loss variable. */
final class GraphTraining {
  private final SameDiff graph;
  private final double maxNorm;
  private final Map<String, GradientUpdater<?>> optimizers = new LinkedHashMap<>();
  private int step;

  /**
   * @param optimizer with its learning rate
   * @param maxNorm that the gradient of all variables together is clipped to
   */
  GraphTraining(SameDiff graph, IUpdater optimizer, double maxNorm) {
    this.graph = graph;
    this.maxNorm = maxNorm;
    for (SDVariable variable : graph.variables()) {
      if (variable.getVariableType() == VariableType.VARIABLE) {
        long state = optimizer.stateSize(variable.getArr().length());
        optimizers.put(
            variable.name(),
            optimizer.instantiate(state == 0 ? null : Nd4j.create(1, (int) state), true));
      }
    }
  }

  /** Makes one step, and returns the loss before it. */
  double step(Map<String, INDArray> inputs) {
    OutAndGrad result =
        graph.calculateGradientsAndOutputs(inputs, graph.getLossVariables(), optimizers.keySet());
    double squares = 0;
    for (INDArray gradient : result.getGradients().values()) {
      squares += Math.pow(gradient.norm2Number().doubleValue(), 2);
    }
    double clip = Math.min(1, maxNorm / Math.sqrt(squares));
    optimizers.forEach(
        (name, optimizer) -> {
          INDArray values = graph.getVariable(name).getArr();
          INDArray gradient = result.getGradients().get(name).mul(clip);
          INDArray change = gradient.reshape('c', 1, values.length());
          optimizer.applyUpdater(change, step, 0);
          values.subi(change.reshape('c', values.shape()));
        });
    step++;
    return result.getOutputs().get(graph.getLossVariables().get(0)).getDouble(0);
  }
}
