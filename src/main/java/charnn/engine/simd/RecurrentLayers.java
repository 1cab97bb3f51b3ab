package charnn.engine.simd;

import charnn.engine.simd.schedule.LayerTasks;
import charnn.engine.simd.schedule.Rows;
import java.util.function.IntFunction;

/** All recurrent layers, for the same hidden units and with the same scratch memory. */
final class RecurrentLayers implements LayerTasks {
  private final RecurrentLayer[] layers;
  private final Scratch scratch;

  RecurrentLayers(int count, Scratch scratch, IntFunction<RecurrentLayer> layer) {
    this.scratch = scratch;
    layers = new RecurrentLayer[count];
    for (int l = 0; l < count; l++) {
      layers[l] = layer.apply(l);
    }
  }

  @Override
  public void load(Rows rows) {
    scratch.startAt(rows);
    for (RecurrentLayer layer : layers) {
      layer.load(rows);
    }
  }

  @Override
  public void store(Rows rows) {
    for (RecurrentLayer layer : layers) {
      layer.store(rows);
    }
  }

  @Override
  public void forward(int layer, int time, int stage, Rows rows) {
    layers[layer].forward(time, stage, rows);
  }

  @Override
  public void endForward(int layer, Rows rows) {
    layers[layer].endForward(rows);
  }

  @Override
  public void beginBackward(int layer, Rows rows) {
    layers[layer].beginBackward(rows);
  }

  @Override
  public void backward(int layer, int time, int stage, Rows rows) {
    layers[layer].backward(time, stage, rows);
  }
}
