package charnn.optim;

import charnn.engine.Dropout;
import charnn.nn.Network;
import charnn.nn.ParameterLayout;
import charnn.util.RandomStreams;
import charnn.util.ThreadTeam;
import java.util.ArrayList;
import java.util.List;

/**
 * Weight drop: DropConnect on the recurrent weights (Merity et al., "Regularizing and optimizing
 * LSTM language models", 2018, after Wan et al., "Regularization of neural networks using
 * DropConnect", 2013). Each step computes the gradient of a copy of the network in which random
 * recurrent weights are zero. The others are scaled by 1 / (1 - p). The mask is a pure function of
 * the seed, the step and the weight's index.
 *
 * <p>Takes 4 bytes for each parameter.
 */
final class WeightDrop {
  private static final int BLOCK = 1 << 14;

  /** A range of parameters, either all or none of them subject to weight drop. */
  private record Block(int from, int to, boolean drops) {}

  private final Network network;
  private final Network dropped;
  private final int threshold;
  private final float scale;
  private final long seed;
  private final List<Block> blocks = new ArrayList<>();

  /**
   * @param network whose weights are dropped; never changed
   * @param probability of dropping a weight, above 0, below 1
   */
  WeightDrop(Network network, double probability, long seed) {
    this.network = network;
    this.dropped = network.copy();
    Dropout dropout = new Dropout(probability, false, seed);
    this.threshold = dropout.threshold();
    this.scale = dropout.scale();
    this.seed = seed;
    int at = 0;
    for (ParameterLayout.Layer layer : network.architecture().parameterLayout().layers()) {
      addBlocks(at, layer.recurrent(), false);
      addBlocks(layer.recurrent(), layer.bias(), true);
      at = layer.bias();
    }
    addBlocks(at, network.parameters().length, false);
  }

  private void addBlocks(int from, int to, boolean drops) {
    for (int at = from; at < to; at += BLOCK) {
      blocks.add(new Block(at, Math.min(to, at + BLOCK), drops));
    }
  }

  /** Returns the network with dropped weights, as of the last {@link #drop}. */
  Network network() {
    return dropped;
  }

  /** Applies the mask of a step: overwrites the parameters of {@link #network}. */
  void drop(long step, ThreadTeam workers) {
    int key = key(step);
    float[] from = network.parameters();
    float[] to = dropped.parameters();
    workers.run(
        blocks.size(),
        i -> {
          Block block = blocks.get(i);
          System.arraycopy(from, block.from, to, block.from, block.to - block.from);
          if (block.drops) {
            mask(key, to, block);
          }
        });
  }

  /** Backpropagates through the mask of a step, in place. */
  void backpropagate(long step, float[] gradient, ThreadTeam workers) {
    int key = key(step);
    workers.run(
        blocks.size(),
        i -> {
          if (blocks.get(i).drops) {
            mask(key, gradient, blocks.get(i));
          }
        });
  }

  private int key(long step) {
    return (int) RandomStreams.mix(seed, RandomStreams.WEIGHT_DROP, step);
  }

  private void mask(int key, float[] values, Block block) {
    for (int i = block.from; i < block.to; i++) {
      int below =
          (Dropout.hash(key + i * Dropout.UNIT_STRIDE) >>> 1) - threshold; // negative: dropped
      values[i] *= scale * (1 - (below >>> 31));
    }
  }
}
