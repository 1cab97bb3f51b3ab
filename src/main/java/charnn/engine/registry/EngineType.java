package charnn.engine.registry;

import charnn.engine.Engine;
import charnn.engine.Footprint;
import charnn.engine.dl4j.Dl4jEngine;
import charnn.engine.reference.ReferenceEngine;
import charnn.engine.simd.SimdEngine;
import charnn.engine.simd.gemm.PeakGemm;
import charnn.nn.CellType;
import charnn.nn.NetworkSpec;
import charnn.util.InvalidSettingException;
import charnn.util.Sentence;
import charnn.util.Setting;
import charnn.util.ThreadTeam;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The engines to choose from. Choosing one loads no other: ND4J takes seconds to start. */
public enum EngineType {
  /** Loops on the Vector API: the fast one. */
  SIMD {
    @Override
    public Engine create(ThreadTeam workers) {
      return new SimdEngine(workers);
    }

    @Override
    public Footprint footprint() {
      return SimdEngine.FOOTPRINT;
    }
  },
  /** Plain loops in Java: the readable reference, which runs everywhere. */
  SCALAR {
    @Override
    public Engine create(ThreadTeam workers) {
      return new ReferenceEngine(workers);
    }

    @Override
    public Footprint footprint() {
      return ReferenceEngine.FOOTPRINT;
    }
  },
  /** Stock DL4J on ND4J: slow, for comparison. It trains only on windows from zero state. */
  DL4J {
    @Override
    public Engine create(ThreadTeam workers) {
      return new Dl4jEngine();
    }

    @Override
    public Footprint footprint() {
      return Dl4jEngine.FOOTPRINT;
    }
  };

  /**
   * Returns the engine.
   *
   * @param workers that it runs on; DL4J's own library has threads of its own
   */
  public abstract Engine create(ThreadTeam workers);

  /** Returns what training takes. */
  public abstract Footprint footprint();

  /** Returns the fastest engine that this Java can run. */
  public static EngineType fastest() {
    return SIMD.isAvailable() ? SIMD : SCALAR;
  }

  private static boolean hasVectorApi() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  /**
   * Returns the engine of a name as on the command line.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static EngineType of(String name) {
    for (EngineType kind : values()) {
      if (kind.toString().equals(name)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("there is no engine '" + name + "'");
  }

  /** Returns whether this Java can run the engine. */
  public boolean isAvailable() {
    return this != SIMD || (hasVectorApi() && SimdEngine.isSupported());
  }

  /**
   * Checks that this Java can run the engine.
   *
   * @throws InvalidSettingException if not
   */
  public void requireAvailable() {
    if (!isAvailable()) {
      throw new InvalidSettingException(
          Sentence.of("%s %s cannot run here: %s", Setting.ENGINE, this, whyNoSimd()));
    }
  }

  /** Returns why this Java cannot run {@link #SIMD}, if it cannot. */
  public static String whyNoSimd() {
    return hasVectorApi()
        ? "Java finds no vectors of four numbers in this processor"
        : "Java was started without --add-modules jdk.incubator.vector (scripts/charnn adds it)";
  }

  /**
   * Returns as many workers as it can use.
   *
   * @param threads that the user allows, 1 or more
   */
  public ThreadTeam workers(int threads) {
    return new ThreadTeam(this == DL4J ? 1 : threads);
  }

  /**
   * Checks that the engine computes networks of the cell that was chosen.
   *
   * @throws InvalidSettingException if not
   */
  public void requireCell(CellType cell) {
    if (!computes(cell)) {
      throw new InvalidSettingException(
          Sentence.of(
              "%s %s has no layer of the cell %s; omit %s, or use %s %s",
              Setting.ENGINE,
              this,
              cell,
              Setting.ENGINE,
              Setting.CELL,
              Arrays.stream(CellType.values())
                  .filter(this::computes)
                  .map(CellType::toString)
                  .collect(Collectors.joining(" or "))));
    }
  }

  /**
   * Checks that the engine computes a model, whose cell and documents are as they are.
   *
   * @throws InvalidSettingException if not
   */
  public void requireModelOf(NetworkSpec architecture) {
    if (!computes(architecture.cell())) {
      throw new InvalidSettingException(
          Sentence.of(
              "%s %s has no layer of the model's cell %s; omit %s",
              Setting.ENGINE, this, architecture.cell(), Setting.ENGINE));
    }
    if (architecture.documents()) {
      requireDocuments();
    }
  }

  /**
   * Checks that the engine can begin a document within a text.
   *
   * @throws InvalidSettingException if not
   */
  public void requireDocuments() {
    if (!resetsState()) {
      throw new InvalidSettingException(
          Sentence.of(
              "%s %s cannot begin a document at zero state within a text; omit %s",
              Setting.ENGINE, this, Setting.ENGINE));
    }
  }

  private boolean computes(CellType cell) {
    return this != DL4J || cell.hasDl4jLayer();
  }

  /** Returns whether it can train with the state carried from window to window. */
  public boolean carriesState() {
    return this != DL4J;
  }

  /** Returns whether it can begin a document at zero state within a text. */
  public boolean resetsState() {
    return this != DL4J;
  }

  /** Returns whether it can use one dropout mask for a whole window. */
  public boolean locksDropout() {
    return this != DL4J;
  }

  /**
   * Measures peak GEMM throughput in FLOP/s, with the micro-kernels of {@link #SIMD}; 0 where that
   * cannot run.
   */
  public static double peakGemmFlops(ThreadTeam workers) {
    return SIMD.isAvailable() ? PeakGemm.measure(workers) : 0;
  }

  /**
   * Returns how the engine computes where that differs between machines and decides the bits of the
   * result.
   */
  public String arithmetic() {
    return this == SIMD ? SimdEngine.arithmetic() : toString();
  }

  /** Returns the engine as it is called on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
