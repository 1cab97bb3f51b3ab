package charnn.nn;

import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A kind of recurrent cell: how many gates and state vectors it has, and which of the gates'
 * columns the input, the state and the bias reach. What it computes is in the engines; {@code
 * charnn.engine.reference} is the documentation of the arithmetic.
 */
public enum CellType {
  /**
   * Long short-term memory. Gates: candidate, forget, output, input; states: hidden h, cell c.
   *
   * <p>Its forget bias starts at 1 (Jozefowicz et al., "An empirical exploration of recurrent
   * network architectures", 2015).
   */
  LSTM("LSTM", 2, 0, 1, 0, 0),

  /**
   * Gated recurrent unit (Cho et al., "Learning phrase representations using RNN encoder-decoder",
   * 2014), with the reset gate after the recurrent product, as cuDNN has it. Blocks: what the input
   * gives the candidate, reset, update, what the state gives the candidate; state: hidden h.
   */
  GRU("GRU", 1, new GateBlocks(0, 3), new GateBlocks(1, 3), new GateBlocks(0, 4), 0, 0, 0, 0),

  /** Vanilla recurrent network with a tanh. One gate, one state: hidden h. */
  RNN("RNN", 1, 0),

  /**
   * Multiplicative LSTM (Krause et al., "Multiplicative LSTM for sequence modelling", 2016).
   * Blocks: what the state gives the intermediate state m, the LSTM's four gates, what the input
   * gives m; states: hidden h, cell c. m has no bias.
   */
  MLSTM(
      "mLSTM",
      2,
      new GateBlocks(1, 5),
      new GateBlocks(0, 5),
      new GateBlocks(1, 4),
      0,
      0,
      1,
      0,
      0,
      0),

  /**
   * Phased LSTM (Neil et al., "Phased LSTM: accelerating recurrent network training for long or
   * event-based sequences", 2016). Blocks: the LSTM's four gates, and of each unit's time gate the
   * period, the shift and the open ratio, which are biases alone; states: hidden h, cell c, and the
   * clock, which says how much of the period has passed.
   */
  PHASED_LSTM(
      "phased LSTM",
      3,
      new GateBlocks(0, 4),
      new GateBlocks(0, 4),
      new GateBlocks(0, 7),
      0,
      1,
      0,
      0,
      0,
      0,
      0) {
    @Override
    float initialBias(int gate, SplittableRandom random) {
      return switch (gate) {
        case 4 -> (float) (-MAX_LOG_PERIOD * random.nextDouble());
        case 5 -> (float) random.nextDouble();
        case 6 -> OPEN_RATIO;
        default -> super.initialBias(gate, random);
      };
    }
  };

  /** Periods start between 2 and 1 + e to the power of this. A period is 1 + e^-bias. */
  private static final double MAX_LOG_PERIOD = 3;

  /** The logit of the open ratio before training. */
  private static final float OPEN_RATIO = 0;

  /** The leak of a closed time gate in training (alpha in Neil et al., 2016). */
  public static final float LEAK = 1e-3f;

  private static final Gate[] LSTM_GATES = {Gate.CANDIDATE, Gate.FORGET, Gate.OUTPUT, Gate.INPUT};

  private static final Gate[] GRU_GATES = {
    Gate.CANDIDATE, Gate.RESET, Gate.UPDATE, Gate.RECURRENT_CANDIDATE
  };

  private static final Gate[] TIME_GATE = {Gate.FREQUENCY, Gate.PHASE, Gate.OPEN_RATIO};

  private final String title;
  private final int states;
  private final GateBlocks input;
  private final GateBlocks recurrent;
  private final GateBlocks bias;
  private final float[] initialBiases; // [G]

  /** A cell all of whose gates have weights of the input and the state, and biases. */
  CellType(String title, int states, float... initialBiases) {
    this(
        title,
        states,
        new GateBlocks(0, initialBiases.length),
        new GateBlocks(0, initialBiases.length),
        new GateBlocks(0, initialBiases.length),
        initialBiases);
  }

  /**
   * @param title as in a text
   * @param states S
   * @param input the blocks that W reaches
   * @param recurrent the blocks that R reaches
   * @param bias the blocks that b reaches
   * @param initialBiases of each gate block
   */
  CellType(
      String title,
      int states,
      GateBlocks input,
      GateBlocks recurrent,
      GateBlocks bias,
      float... initialBiases) {
    this.title = title;
    this.states = states;
    this.input = input;
    this.recurrent = recurrent;
    this.bias = bias;
    this.initialBiases = initialBiases;
  }

  /** Returns G, the gate blocks of H columns in a layer's pre-activations z. */
  public int gates() {
    return initialBiases.length;
  }

  /** Returns the gate blocks that x W is added to. */
  public GateBlocks input() {
    return input;
  }

  /** Returns the gate blocks that h R is added to. */
  public GateBlocks recurrent() {
    return recurrent;
  }

  /** Returns the gate blocks that b is added to. */
  public GateBlocks bias() {
    return bias;
  }

  /**
   * Returns whether only the first block of R reads h: the product of that block and of the last,
   * which only W reaches, is the intermediate state m, and the other blocks of R read m in place of
   * h.
   */
  public boolean isMultiplicative() {
    return this == MLSTM;
  }

  /** Returns whether DL4J has a layer of the cell, so that it opens a model's file. */
  public boolean hasDl4jLayer() {
    return this == LSTM || this == RNN;
  }

  /** Returns S, the state vectors of H units; the first is the hidden state, the layer's output. */
  public int states() {
    return states;
  }

  /** Returns what a gate block is. */
  public Gate gate(int block) {
    return switch (this) {
      case RNN -> Gate.CANDIDATE;
      case GRU -> GRU_GATES[block];
      case LSTM -> LSTM_GATES[block];
      case MLSTM ->
          block == 0
              ? Gate.INTERMEDIATE_OF_STATE
              : block == 5 ? Gate.INTERMEDIATE_OF_INPUT : LSTM_GATES[block - 1];
      case PHASED_LSTM -> block < 4 ? LSTM_GATES[block] : TIME_GATE[block - 4];
    };
  }

  /** Returns the state vector in which a unit remembers: the cell state c if it has one, else h. */
  public int memory() {
    return states == 1 ? 0 : 1;
  }

  /** Returns what a bias of a gate is before training. */
  float initialBias(int gate, SplittableRandom random) {
    return initialBiases[gate];
  }

  /** Returns what the biases of a gate are before training, if that is one value. */
  public float initialBias(int gate) {
    return initialBiases[gate];
  }

  /** Returns the cell as a text calls it, such as "phased LSTM". */
  public String title() {
    return title;
  }

  /**
   * Returns the cell of a name as in the model file.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static CellType of(String name) {
    for (CellType cell : values()) {
      if (cell.name().equals(name)) {
        return cell;
      }
    }
    throw new IllegalArgumentException("there is no cell '" + name + "'");
  }

  /** Returns the cell as it is called on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
