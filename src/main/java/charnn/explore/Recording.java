package charnn.explore;

import charnn.data.Direction;
import charnn.data.Tokens;
import charnn.data.Vocabulary;
import charnn.engine.Engine;
import charnn.engine.InferencePass;
import charnn.engine.Logits;
import charnn.model.Model;
import charnn.nn.NetworkSpec;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * What a network's cells did while it read a text once, from zero state. Places are in reading
 * order, whatever the direction of the model.
 *
 * @param network its shape
 * @param direction of the model
 * @param text [N] code points
 * @param tokens [N] token ids, in reading order too
 * @param memory [N][cells] what each cell remembered after each character: tanh(c) of cells with a
 *     cell state c, else the hidden state h; -1 to 1. Cell layer * H + unit
 * @param nats [N] the loss of what was predicted at each place; NaN where nothing follows
 * @param likeliest [N][k] token ids of what was likeliest there, the likeliest first
 * @param probabilities [N][k] of these
 * @param gates of each layer
 */
public record Recording(
    NetworkSpec network,
    Direction direction,
    int[] text,
    int[] tokens,
    float[][] memory,
    float[] nats,
    int[][] likeliest,
    float[][] probabilities,
    GateStatistics gates) {
  /** So many of the likeliest characters are kept. */
  public static final int LIKELIEST = 5;

  /** Values of memory that are kept: of more cells, a shorter text is read. */
  private static final int MOST_VALUES = 1 << 23;

  /** Returns how many characters of a text are read at most. */
  public static int mostCharacters(NetworkSpec network) {
    return Math.max(1, MOST_VALUES / (network.layers() * network.hiddenSize()));
  }

  /**
   * Reads a text.
   *
   * @param tokens of the text in the order in which the model reads it, 2 at least and {@link
   *     #mostCharacters} at most
   * @param progress is given the characters read
   */
  public static Recording of(Engine engine, Model model, Tokens tokens, IntConsumer progress) {
    NetworkSpec network = model.network().architecture();
    Vocabulary vocabulary = model.vocabulary();
    int n = Math.toIntExact(tokens.length());
    int h = network.hiddenSize();
    int v = network.vocabularySize();
    int state = network.cell().memory();
    int kept = Math.min(LIKELIEST, v);
    Direction direction = model.hyperparameters().direction();
    float[][] memory = new float[n][network.layers() * h];
    GateStatistics.Builder gates = new GateStatistics.Builder(network);
    int[] ids = new int[n];
    float[] nats = new float[n];
    int[][] likeliest = new int[n][];
    float[][] probabilities = new float[n][kept];
    int[] place = new int[1];
    InferencePass pass =
        engine.recording(
            model.network(),
            (layer, activated, states) -> {
              gates.add(layer, activated);
              float[] to = memory[place[0]];
              for (int unit = 0; unit < h; unit++) {
                float value = states[state][unit];
                to[layer * h + unit] = state == 0 ? value : (float) Math.tanh(value);
              }
            });
    float[] logits = new float[v];
    for (int i = 0; i < n; i++) {
      place[0] = direction == Direction.FORWARD ? i : n - 1 - i;
      int at = place[0];
      ids[at] = tokens.at(i);
      pass.step(new int[] {ids[at]}, logits);
      double sum = Logits.logSumExp(logits, 0, v);
      nats[at] = i + 1 < n ? (float) (sum - logits[tokens.at(i + 1)]) : Float.NaN;
      likeliest[at] = Logits.best(logits, 0, v, kept);
      for (int k = 0; k < kept; k++) {
        probabilities[at][k] = (float) StrictMath.exp(logits[likeliest[at][k]] - sum);
      }
      progress.accept(i + 1);
    }
    return new Recording(
        network,
        direction,
        Arrays.stream(ids).map(vocabulary::codePoint).toArray(),
        ids,
        memory,
        nats,
        likeliest,
        probabilities,
        gates.statistics());
  }

  /** Returns N. */
  public int length() {
    return text.length;
  }

  /** Returns how many cells there are in all layers. */
  public int cells() {
    return network.layers() * network.hiddenSize();
  }

  /** Returns the place that is predicted at each [N]; -1: none. */
  public int[] next() {
    int[] next = new int[length()];
    int step = direction == Direction.FORWARD ? 1 : -1;
    Arrays.setAll(next, i -> i + step < length() ? i + step : -1);
    return next;
  }

  /** Returns the mean loss in nats per character. */
  public double loss() {
    double sum = 0;
    int count = 0;
    for (float value : nats) {
      sum += Float.isNaN(value) ? 0 : value;
      count += Float.isNaN(value) ? 0 : 1;
    }
    return sum / count;
  }
}
