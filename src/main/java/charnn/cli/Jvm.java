package charnn.cli;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The JVM options that a command needs. The build writes them for the launchers. */
public enum Jvm {
  /** For commands that compute nothing: they end before C2 is of use. */
  QUICK {
    @Override
    List<String> options() {
      // Java 17 takes objects from a class archive with the collector G1 only.
      return List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-XX:+UseG1GC");
    }
  },

  /** For commands that sample: simpler loops start sooner. */
  TEXT {
    @Override
    List<String> options() {
      return VECTOR;
    }
  },

  /**
   * For commands that compute for long. The engine's loops are very slow until they are compiled.
   * They are compiled after a tenth of the usual calls, in the foreground: the compiler gets the
   * processor to itself.
   */
  LONG {
    @Override
    List<String> options() {
      return Stream.concat(VECTOR.stream(), compiled("0.1", "*::*").stream()).toList();
    }
  },

  /** For the server, with its library. */
  SERVE {
    @Override
    List<String> options() {
      return LONG.options();
    }
  },

  /** For commands that compute for long, or draw, with DL4J and the libraries of figures too. */
  LAB {
    @Override
    List<String> options() {
      return LONG.options();
    }
  };

  /**
   * Options of the vector loops. Objects are aligned to cache lines, so that no vector crosses one.
   * General registers are not spilled to vector registers: GEMM needs all of them. The trap limit
   * is raised: with more than 25 vector operations in a method, C2 would stop speculating in some
   * starts, and allocate every vector.
   */
  private static final List<String> VECTOR =
      List.of(
          "--add-modules",
          "jdk.incubator.vector",
          "--add-opens", // for writing past the filter of what the JVM says
          "java.base/java.io=ALL-UNNAMED",
          "-XX:ObjectAlignmentInBytes=64",
          "-XX:-UseFPUForSpilling",
          "-XX:PerMethodTrapLimit=1000",
          "-XX:+UseSerialGC");

  /** Options of every command. */
  private static final List<String> COMMON =
      List.of(
          "-XX:+DisplayVMOutputToStderr", // Standard output is for the results.
          "-Xlog:cds=off",
          "-Xlog:cds+dynamic=off",
          "-Dorg.nd4j.log.initialization=false",
          "-Dorg.nd4j.versioncheck=false");

  abstract List<String> options();

  /**
   * Returns the options to add for several texts at once: GEMM is very slow until it is compiled.
   * At other starts of {@link #TEXT}, a check of every method would cost more than it gains.
   */
  static List<String> batchOptions() {
    return compiled(
        "0.01",
        "gemm.Gemm::*",
        "gemm.Kernel*::*",
        "cell.*::forward",
        "cell.*::advance*",
        "math.Functions::scaledTanh");
  }

  /**
   * Returns options to compile methods of the SIMD engine soon, and in the foreground.
   *
   * @param threshold part of the usual calls after which they are compiled
   */
  private static List<String> compiled(String threshold, String... methods) {
    List<String> options = new ArrayList<>(List.of("-XX:CompileCommand=quiet"));
    for (String method : methods) {
      String pattern = "charnn.engine.simd." + method;
      options.add("-XX:CompileCommand=CompileThresholdScaling," + pattern + "," + threshold);
      options.add("-XX:CompileCommand=BackgroundCompilation," + pattern + ",false");
    }
    return options;
  }

  /** Returns all options but the class path. */
  List<String> allOptions() {
    return Stream.concat(options().stream(), COMMON.stream()).toList();
  }

  /** Returns the class archive that speeds up the start. JVMs with the same classes share one. */
  Jvm archive() {
    return this == QUICK ? QUICK : TEXT;
  }

  /** Returns the line that the JVM writes to standard error at every start, empty if none. */
  String notice() {
    return this == QUICK ? "" : "WARNING: Using incubator modules: jdk.incubator.vector";
  }

  /** Returns the commands that load the classes of such a start. */
  public List<List<String>> rehearsal(File folder, File corpus) {
    String run = "tiny";
    String models = folder.toString();
    return switch (archive()) {
      case QUICK -> List.of(List.of("--help"), List.of("info"), List.of("train", "--help"));
      default ->
          List.of(
              List.of(
                  "train",
                  "--corpus",
                  corpus.toString(),
                  "--name",
                  run,
                  "--models-dir",
                  models,
                  "--hidden",
                  "8",
                  "--steps",
                  "2"),
              List.of("sample", "--model", run, "--models-dir", models, "--length", "20"),
              List.of("sample", "--model", "bundled", "--length", "20")); // by several threads
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
