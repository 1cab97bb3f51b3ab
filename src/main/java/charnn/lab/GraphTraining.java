package charnn.lab;

import charnn.util.ThreadTeam;
import java.util.LinkedHashMap;
import java.util.List;
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
  /** Steps after which memory is freed: ND4J's arrays take little of Java's, whose end is late. */
  private static final int STEPS_OF_GARBAGE = 50;

  private final List<SameDiff> graphs;
  private final double maxNorm;
  private final Map<String, GradientUpdater<?>> optimizers = new LinkedHashMap<>();
  private int step;

  /**
   * @param optimizer with its learning rate, which may change between steps
   * @param maxNorm that the gradient of all variables together is clipped to
   */
  GraphTraining(SameDiff graph, IUpdater optimizer, double maxNorm) {
    this(List.of(graph), optimizer, maxNorm);
  }

  /**
   * @param graphs equal ones, whose variables share their values: each takes a part of a batch
   */
  GraphTraining(List<SameDiff> graphs, IUpdater optimizer, double maxNorm) {
    this.graphs = List.copyOf(graphs);
    this.maxNorm = maxNorm;
    for (SDVariable variable : graphs.get(0).variables()) {
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
    return update(gradients(0, inputs));
  }

  /**
   * Makes one step, and returns the loss before it.
   *
   * @param workers compute the parts at the same time
   * @param parts of the batch, of one size
   */
  double step(ThreadTeam workers, List<Map<String, INDArray>> parts) {
    OutAndGrad[] results = new OutAndGrad[parts.size()];
    workers.run(results.length, i -> results[i] = gradients(i, parts.get(i)));
    return update(results);
  }

  private OutAndGrad gradients(int index, Map<String, INDArray> inputs) {
    SameDiff graph = graphs.get(index);
    return graph.calculateGradientsAndOutputs(
        inputs, graph.getLossVariables(), optimizers.keySet());
  }

  private double update(OutAndGrad... results) {
    Map<String, INDArray> gradients = results[0].getGradients();
    double loss = 0;
    for (int i = 0; i < results.length; i++) {
      String name = graphs.get(i).getLossVariables().get(0);
      loss += results[i].getOutputs().get(name).getDouble(0) / results.length;
      if (i > 0) {
        results[i].getGradients().forEach((variable, part) -> gradients.get(variable).addi(part));
      }
    }
    double squares = 0;
    for (INDArray gradient : gradients.values()) {
      squares += Math.pow(gradient.norm2Number().doubleValue() / results.length, 2);
    }
    double factor = Math.min(1, maxNorm / Math.sqrt(squares)) / results.length;
    optimizers.forEach(
        (name, optimizer) -> {
          INDArray values = graphs.get(0).getVariable(name).getArr();
          INDArray change = gradients.get(name).mul(factor).reshape('c', 1, values.length());
          optimizer.applyUpdater(change, step, 0);
          values.subi(change.reshape('c', values.shape()));
        });
    step++;
    if (step % STEPS_OF_GARBAGE == 0) {
      Nd4j.getMemoryManager().invokeGc();
    }
    return loss;
  }
}
