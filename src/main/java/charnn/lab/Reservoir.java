package charnn.lab;

import charnn.data.Batch;
import charnn.data.Tokens;
import charnn.data.Vocabulary;
import charnn.nn.RecurrentState;
import charnn.predict.LanguageModel;
import charnn.predict.Predictor;
import charnn.predict.TextState;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * An echo state network (Jaeger, "The echo state approach to analysing and training recurrent
 * neural networks", 2001). The weights of the reservoir's N units are random and fixed; those of
 * the readout are the solution of a linear regression with ridge r:
 *
 * <pre>
 *   h_t = tanh(W_in x_t + W h_(t-1))       y_t = [h_t, 1] B       B = (H^T H + r I)^-1 H^T X
 * </pre>
 *
 * <p>The scores y_t estimate the probabilities of the characters: those below a floor are raised to
 * it, and all are divided by their sum. The floor is the best one for the last chunk of the
 * training text.
 */
final class Reservoir implements LanguageModel {
  private static final int STREAMS = 32; // that the text is cut into
  private static final int CHUNK = 64; // characters of each; the first are the washout
  private static final int SQUARINGS = 14;
  private static final Double[] FLOORS = {3e-4, 1e-3, 2e-3, 3e-3, 5e-3, 8e-3};

  private final Vocabulary vocabulary;
  private final int units;
  private final INDArray input; // [V x N]
  private final INDArray recurrent; // [N x N]
  private INDArray readout; // [N x V], B without its last row
  private INDArray bias; // [1 x V], that row
  private double floor;

  /**
   * @param radius of the recurrent weights' spectrum
   * @param inputScale the input weights are uniform between plus and minus this
   */
  Reservoir(Vocabulary vocabulary, int units, double radius, double inputScale, long seed) {
    this.vocabulary = vocabulary;
    this.units = units;
    Nd4j.getRandom().setSeed(seed);
    input = Nd4j.rand(DataType.FLOAT, vocabulary.size(), units).subi(0.5).muli(2 * inputScale);
    recurrent = Nd4j.randn(DataType.FLOAT, units, units);
    recurrent.muli(radius / spectralRadius(recurrent));
  }

  /** Returns the largest size of an eigenvalue, by Gelfand's formula: |W^k|^(1/k) for a large k. */
  static double spectralRadius(INDArray matrix) {
    INDArray power = matrix;
    double logarithm = 0;
    for (int m = 0; m < SQUARINGS; m++) {
      double norm = power.norm2Number().doubleValue();
      logarithm += StrictMath.log(norm) / (1 << m);
      power = power.div(norm);
      power = power.mmul(power);
    }
    return StrictMath.exp(logarithm);
  }

  /** Returns the states [B x N] after a character [B] each. */
  INDArray next(INDArray states, int... characters) {
    return next(states, oneHot(characters).mmul(input));
  }

  private INDArray next(INDArray states, INDArray driven) {
    return Transforms.tanh(states.mmul(recurrent).addi(driven), false);
  }

  private INDArray oneHot(int... characters) {
    int v = vocabulary.size();
    float[] oneHot = new float[characters.length * v];
    for (int i = 0; i < characters.length; i++) {
      oneHot[i * v + characters[i]] = 1;
    }
    return Nd4j.createFromArray(oneHot).reshape(characters.length, v);
  }

  /** Solves the regression for a text, as far as the time allows. */
  void fit(Lab lab, Tokens text, double ridge) {
    INDArray products = Nd4j.eye(units + 1).castTo(DataType.DOUBLE).muli(ridge);
    INDArray targets = Nd4j.zeros(DataType.DOUBLE, units + 1, vocabulary.size());
    INDArray states = Nd4j.zeros(DataType.FLOAT, STREAMS, units);
    INDArray h = Nd4j.ones(DataType.FLOAT, CHUNK * STREAMS, units + 1); // the last column is 1
    Batch batch = new Batch(STREAMS, CHUNK);
    int length = (int) (text.length() / STREAMS);
    for (int t = 0; t + CHUNK < length && !lab.isTimeUp(); t += CHUNK) {
      for (int b = 0; b < STREAMS; b++) {
        batch.fillRow(b, text, b * length + t);
      }
      INDArray driven = oneHot(batch.inputs()).mmul(input);
      for (int i = 0; i < CHUNK; i++) {
        INDArrayIndex rows = NDArrayIndex.interval(i * STREAMS, (i + 1) * STREAMS);
        states = next(states, driven.get(rows, NDArrayIndex.all()));
        h.get(rows, NDArrayIndex.interval(0, units)).assign(states);
      }
      if (t > 0) { // after the washout
        products.addi(h.transpose().mmul(h).castTo(DataType.DOUBLE));
        targets.addi(h.transpose().mmul(oneHot(batch.targets())).castTo(DataType.DOUBLE));
      }
      lab.progress("reservoir of %,d units: %,d of %,d characters", units, t, length);
    }
    INDArray solution = Nd4j.linalg().solve(products, targets).castTo(DataType.FLOAT);
    readout = solution.get(NDArrayIndex.interval(0, units), NDArrayIndex.all()).dup();
    bias = solution.getRow(units, true).dup();
    INDArray scores = h.mmul(solution);
    floor =
        Stream.of(FLOORS)
            .min(Comparator.comparing(least -> loss(scores, least, batch.targets())))
            .orElseThrow();
  }

  /** Returns the loss, summed over rows of scores. */
  private double loss(INDArray scores, double least, int... targets) {
    float[] logits = logits(scores, least);
    int v = vocabulary.size();
    return -IntStream.range(0, targets.length).mapToDouble(i -> logits[i * v + targets[i]]).sum();
  }

  /** Returns the logarithms of the probabilities [B x V] that scores are made. */
  private float[] logits(INDArray scores, double least) {
    float[] logits = scores.dup('c').data().asFloat();
    int v = vocabulary.size();
    for (int row = 0; row < logits.length; row += v) {
      double sum = 0;
      for (int k = row; k < row + v; k++) {
        sum += Math.max(least, logits[k]);
      }
      for (int k = row; k < row + v; k++) {
        logits[k] = (float) StrictMath.log(Math.max(least, logits[k]) / sum);
      }
    }
    return logits;
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public Predictor predictor(int texts) {
    return new Predictor() {
      private INDArray states = Nd4j.zeros(DataType.FLOAT, texts, units);

      @Override
      public void step(int[] characters, float[] logits) {
        states = next(states, characters);
        float[] rows = logits(states.mmul(readout).addiRowVector(bias), floor);
        System.arraycopy(rows, 0, logits, 0, rows.length);
      }

      @Override
      public TextState save(int text) {
        float[][][] values = {{states.getRow(text).toFloatVector()}};
        return new TextState(List.of(new RecurrentState(1, values)));
      }

      @Override
      public void load(int text, TextState from) {
        states.putRow(text, Nd4j.createFromArray(from.states().get(0).values()[0][0]));
      }
    };
  }
}
