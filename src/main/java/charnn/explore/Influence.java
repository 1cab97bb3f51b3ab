package charnn.explore;

import charnn.data.Direction;
import charnn.data.Tokens;
import charnn.engine.Engine;
import charnn.engine.InferencePass;
import charnn.engine.reference.InputGradients;
import charnn.nn.Network;
import charnn.nn.RecurrentState;
import charnn.util.ThreadTeam;
import java.util.Arrays;
import java.util.function.DoubleConsumer;

/**
 * How much predictions depend on each character before: the norm of the gradient of the loss with
 * respect to that character's embedding.
 *
 * @param from where the passage begins in the text, in reading order
 * @param norms [length][] of the prediction at each place of the passage, in the order in which the
 *     model reads; those of the characters up to it
 * @param byDistance mean norm by distance; 0 is the character just read
 * @param targets that this is the mean of
 */
public record Influence(int from, double[][] norms, double[] byDistance, int targets) {
  private static final int PASSAGE = 80;
  private static final int FARTHEST = 200;
  private static final int MOST_TARGETS = 16;

  /** Characters that are read before the passage, if there are so many. */
  private static final int WARM_UP = 400;

  /**
   * Measures it.
   *
   * @param tokens in the order in which the model reads
   * @param progress is given the part that is done
   */
  public static Influence of(
      Engine engine,
      Network network,
      Tokens tokens,
      Direction direction,
      ThreadTeam workers,
      DoubleConsumer progress) {
    int n = Math.toIntExact(tokens.length());
    InputGradients.Maker gradients = InputGradients.of(network);
    int length = Math.min(PASSAGE, n - 1);
    int begin = Math.min(WARM_UP, n - 1 - length);
    double[][] norms = new double[length][];
    RecurrentState zero = new RecurrentState(network.architecture(), 1);
    RecurrentState before = stateAfter(engine, network, tokens(tokens, 0, begin));
    double[][] far = new double[Math.max(0, Math.min(MOST_TARGETS, (n - 1) / FARTHEST))][];
    int tasks = workers.count() + far.length;
    int[] done = {0};
    workers.run(
        tasks,
        task -> {
          if (task < workers.count()) {
            // Each thread reads the passage, and goes back from some of its places.
            InputGradients passage = gradients.read(tokens(tokens, begin, length), before);
            for (int i = task; i < length; i += workers.count()) {
              norms[i] = passage.norms(i, tokens.at(begin + i + 1));
            }
          } else {
            int k = task - workers.count();
            int start = (int) ((long) k * (n - 1 - FARTHEST) / Math.max(1, far.length - 1));
            far[k] =
                gradients
                    .read(tokens(tokens, start, FARTHEST), zero)
                    .norms(FARTHEST - 1, tokens.at(start + FARTHEST));
          }
          synchronized (done) {
            progress.accept((double) ++done[0] / tasks);
          }
        });
    double[] byDistance = new double[far.length == 0 ? 0 : FARTHEST];
    for (double[] one : far) {
      for (int d = 0; d < byDistance.length; d++) {
        byDistance[d] += one[FARTHEST - 1 - d] / far.length;
      }
    }
    int from = direction == Direction.FORWARD ? begin : n - begin - length;
    return new Influence(from, norms, byDistance, far.length);
  }

  private static RecurrentState stateAfter(Engine engine, Network network, int... tokens) {
    InferencePass pass = engine.inference(network, 1);
    float[] logits = new float[network.architecture().vocabularySize()];
    for (int token : tokens) {
      pass.step(new int[] {token}, logits);
    }
    RecurrentState state = new RecurrentState(network.architecture(), 1);
    pass.save(0, state);
    return state;
  }

  private static int[] tokens(Tokens tokens, int from, int count) {
    int[] ids = new int[count];
    Arrays.setAll(ids, i -> tokens.at(from + i));
    return ids;
  }
}
