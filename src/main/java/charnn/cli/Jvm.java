package charnn.cli;

import java.io.File;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The virtual machine that a command needs: its options, which the build writes down. */
enum Jvm {
  /** For what computes nothing: it ends before the second compiler could be of use. */
  QUICK {
    @Override
    List<String> options() {
      // Java 17 takes objects from a class archive with the collector G1 only.
      return List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-XX:+UseG1GC");
    }
  },

  /** For what writes a text: it is computed by simpler loops, and written sooner. */
  TEXT {
    @Override
    List<String> options() {
      return VECTOR;
    }
  },

  /**
   * For what computes for long. The engine's loops are very slow until they are compiled: it has
   * them compiled after a tenth of the usual calls, and waits for it, so that the compiler gets the
   * processor to itself.
   */
  LONG {
    @Override
    List<String> options() {
      return Stream.concat(
              VECTOR.stream(),
              Stream.of(
                  "-XX:CompileCommand=quiet",
                  "-XX:CompileCommand=CompileThresholdScaling,charnn.engine.simd.*::*,0.1",
                  "-XX:CompileCommand=BackgroundCompilation,charnn.engine.simd.*::*,false"))
          .toList();
    }
  };

  /**
   * Objects at multiples of a cache line: the engine places its numbers so that no vector lies
   * across two lines. No general register is saved in a vector register: the compiler would do so
   * within matrix multiplications, which need all vector units. And the compiler may make more
   * assumptions about the classes in a method: with more than 25 arithmetic operations on vectors,
   * it would give up in some starts, and make every vector an object.
   */
  private static final List<String> VECTOR =
      List.of(
          "--add-modules",
          "jdk.incubator.vector",
          "-XX:ObjectAlignmentInBytes=64",
          "-XX:-UseFPUForSpilling",
          "-XX:PerMethodTrapLimit=1000",
          "-XX:+UseSerialGC");

  /** What every command is started with. */
  private static final List<String> COMMON =
      List.of(
          "-XX:+DisplayVMOutputToStderr", // Standard output is for the product.
          "-Xlog:cds=off",
          "-Xlog:cds+dynamic=off",
          "-Dorg.nd4j.log.initialization=false",
          "-Dorg.nd4j.versioncheck=false");

  abstract List<String> options();

  /** Returns all options but the class path. */
  List<String> allOptions() {
    return Stream.concat(options().stream(), COMMON.stream()).toList();
  }

  /** Returns the class archive that speeds up its start: those of the same classes share one. */
  Jvm archive() {
    return this == LONG ? TEXT : this;
  }

  /** Returns the line that the JVM writes to standard error at every start, empty if none. */
  String notice() {
    return this == QUICK ? "" : "WARNING: Using incubator modules: jdk.incubator.vector";
  }

  /** Returns the arguments of the commands that show which classes such a start loads. */
  List<List<String>> rehearsal(File folder, File corpus) {
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
              List.of("sample", "--model", run, "--models-dir", models, "--length", "20"));
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
