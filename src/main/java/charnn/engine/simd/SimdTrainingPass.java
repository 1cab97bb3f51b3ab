package charnn.engine.simd;

import static charnn.engine.simd.RecurrentLayer.STEPS_PER_GEMM;
import static charnn.engine.simd.gemm.Simd.HAS_32_REGISTERS;
import static charnn.engine.simd.gemm.Simd.NR;

import charnn.data.Batch;
import charnn.engine.Dropout;
import charnn.engine.TrainingPass;
import charnn.engine.simd.cell.CellKernel;
import charnn.engine.simd.gemm.Simd;
import charnn.engine.simd.math.DropoutVectors;
import charnn.engine.simd.schedule.LayerTasks;
import charnn.engine.simd.schedule.OutputTask;
import charnn.engine.simd.schedule.OverBatchRows;
import charnn.engine.simd.schedule.OverHiddenUnits;
import charnn.engine.simd.schedule.Rows;
import charnn.nn.CellType;
import charnn.nn.LossMetrics;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.nn.RecurrentState;
import charnn.util.ThreadTeam;
import java.util.Arrays;

/**
 * The fused network's forward and backward pass: its memory, and who computes what. The package's
 * description explains row blocks, padding, layout and parallelism.
 *
 * <p>Memory of an LSTM, in the names of {@link Activations}: about 8 N T (5 Hp layers + Vp) floats,
 * and 8 T (2 Hp layers + Hp) more for each row block computed at once; with dropout 6 for 5, 3 for
 * 2; with documents and without dropout 6 for 5. 2 layers of 128, a vocabulary of 87, 64 rows and
 * 30 steps take 11.8 MB with two workers.
 */
final class SimdTrainingPass implements TrainingPass {
  /** What the time steps are parallelised over; the result is the same. */
  enum Parallelism {
    /** Over batch rows: a worker runs its rows through both passes, without a barrier. */
    BATCH_ROWS,
    /**
     * The forward pass over hidden units, the backward pass over batch rows: in every time step of
     * every layer, a worker computes its units for all rows, with a barrier after it.
     */
    HIDDEN_UNITS_FORWARD,
    /** Both passes over hidden units. */
    HIDDEN_UNITS
  }

  /**
   * More partitions than workers: more of a small partition's data stays in L2, and where one core
   * is slower for a while, the others take over its work.
   */
  private static final int PARTITIONS_PER_WORKER = 4;

  /**
   * A layer's most recurrent weights that stay in L2 (512 KB). With more, a worker has one row
   * partition, because every row partition reads all of them in every time step.
   */
  private static final int MAX_L2_WEIGHTS = 1 << 17;

  /**
   * A layer's most recurrent weights (3 MB) for a forward pass over batch rows. With more, reading
   * them in every time step takes so long that hidden units are faster: each worker then reads only
   * its units' weights. With 16 registers, it does not pay.
   */
  private static final int MAX_WEIGHTS_OVER_ROWS = 3 << 18;

  private final NetworkSpec architecture;
  private final ThreadTeam workers;
  private final CellKernel kernel;
  private final DropoutVectors dropout;
  private final PackedWeights weights;
  private final Activations acts;
  private final Window window;
  private final WeightGradients gradients;
  private final Parallelism parallelism;
  private final OverBatchRows overRows;
  private final OverHiddenUnits overUnits; // null: only over rows

  SimdTrainingPass(
      Network network, int batchSize, int seqLength, Dropout dropout, ThreadTeam workers) {
    this(
        network,
        batchSize,
        seqLength,
        dropout,
        workers,
        parallelism(network.architecture(), batchSize, workers.count()));
  }

  SimdTrainingPass(
      Network network,
      int batchSize,
      int seqLength,
      Dropout dropout,
      ThreadTeam workers,
      Parallelism parallelism) {
    this.architecture = network.architecture();
    this.workers = workers;
    this.parallelism = parallelism;
    this.kernel = CellKernel.of(architecture.cell(), CellType.LEAK);
    this.weights = new PackedWeights(network, true);
    this.dropout = new DropoutVectors(dropout, Simd.padded(architecture.hiddenSize()));
    this.acts = new Activations(architecture, batchSize, seqLength, dropout.isActive());
    int layers = architecture.layers();
    this.window = new Window(acts, architecture, dropout, weights.columns[0].padded());
    this.gradients = new WeightGradients(architecture, acts, workers.count());
    int maxPartitions = PARTITIONS_PER_WORKER * workers.count();
    int most = recurrentWeights(architecture) <= MAX_L2_WEIGHTS ? maxPartitions : workers.count();
    Rows[] partitions = Rows.partitions(acts.rowBlocks, Math.min(most, acts.rowBlocks));
    boolean onlyRows = parallelism == Parallelism.BATCH_ROWS;
    boolean ownScratch = onlyRows && partitions.length > workers.count();
    Scratch shared = ownScratch ? null : scratch(acts.rowBlocks);
    int atOnce = (acts.rowBlocks + partitions.length - 1) / partitions.length;
    LayerTasks[] rowTasks = new LayerTasks[workers.count()];
    Arrays.setAll(rowTasks, i -> layers(0, acts.panels, ownScratch ? scratch(atOnce) : shared));
    overRows =
        new OverBatchRows(
            workers,
            layers,
            seqLength,
            stages(),
            partitions,
            onlyRows,
            rowTasks,
            outputs(workers.count()),
            gradients);
    overUnits = onlyRows ? null : overUnits(maxPartitions, partitions, shared);
  }

  private OverHiddenUnits overUnits(int maxPartitions, Rows[] partitions, Scratch scratch) {
    LayerTasks[] units = new LayerTasks[Math.min(maxPartitions, acts.panels)];
    Arrays.setAll(
        units,
        i -> layers(acts.panels * i / units.length, acts.panels * (i + 1) / units.length, scratch));
    int chunks = (acts.seqLength + STEPS_PER_GEMM - 1) / STEPS_PER_GEMM;
    return new OverHiddenUnits(
        workers,
        architecture.layers(),
        acts.seqLength,
        stages(),
        partitions,
        units,
        outputs(partitions.length * chunks),
        STEPS_PER_GEMM,
        gradients);
  }

  /** Returns the stages of a time step: a multiplicative cell needs all of m before z. */
  private int stages() {
    return acts.isMultiplicative() ? 2 : 1;
  }

  private Scratch scratch(int rowBlocks) {
    return new Scratch(acts, architecture, kernel, rowBlocks);
  }

  private RecurrentLayers layers(int firstPanel, int lastPanel, Scratch scratch) {
    int h = architecture.hiddenSize();
    return new RecurrentLayers(
        architecture.layers(),
        scratch,
        l ->
            new RecurrentLayer(
                l, h, firstPanel, lastPanel, window, acts, scratch, weights, kernel, dropout));
  }

  private OutputTask[] outputs(int count) {
    OutputTask[] tasks = new OutputTask[count];
    Arrays.setAll(tasks, i -> new OutputLayer(window, acts, weights));
    return tasks;
  }

  private static int recurrentWeights(NetworkSpec architecture) {
    int hp = Simd.padded(architecture.hiddenSize());
    return architecture.cell().recurrent().count() * hp * hp;
  }

  private static Parallelism parallelism(NetworkSpec architecture, int batchSize, int workers) {
    int panels = Simd.padded(architecture.hiddenSize()) / NR;
    // With a single row block, the output layer can still be parallelised over time steps.
    if (Activations.rowBlocks(batchSize) < Math.min(workers, Math.max(2, panels))) {
      return Parallelism.HIDDEN_UNITS;
    }
    boolean large = recurrentWeights(architecture) > MAX_WEIGHTS_OVER_ROWS;
    return large && HAS_32_REGISTERS ? Parallelism.HIDDEN_UNITS_FORWARD : Parallelism.BATCH_ROWS;
  }

  @Override
  public LossMetrics lossAndGradient(
      Batch batch, RecurrentState state, long step, float[] gradient) {
    TrainingPass.requireShape(batch, state, acts.batchSize, acts.seqLength);
    window.begin(batch, state, step);
    weights.refresh(workers);
    gradients.begin(window.inputs, gradient);
    if (parallelism != Parallelism.BATCH_ROWS) {
      overUnits.forward();
    }
    if (parallelism == Parallelism.HIDDEN_UNITS) {
      overUnits.outputAndBackward();
    } else {
      overRows.run();
    }
    return window.score();
  }
}
