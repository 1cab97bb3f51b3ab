package charnn.report;

import static charnn.util.Formats.format;

import charnn.nn.CellType;
import charnn.plan.Benchmark.Rate;
import charnn.util.JsonName;

/**
 * What a benchmark measured.
 *
 * @param megaflopPerCharacter FLOPs of training per character, in millions
 * @param gigaflopPerSecond training throughput
 * @param peakGigaflopPerSecond measured peak of GEMM on the same threads; 0 if this Java cannot
 *     measure it
 * @param shareOfPeak training throughput over the GEMM peak
 */
public record BenchReport(
    String engine,
    CellType cell,
    int layers,
    int hidden,
    @JsonName("alphabet") int vocabulary,
    int batchSize,
    int seqLength,
    int threads,
    String java,
    String cpu,
    Rate training,
    Rate oneStream,
    Rate manyStreams,
    double megaflopPerCharacter,
    double gigaflopPerSecond,
    double peakGigaflopPerSecond,
    double shareOfPeak) {
  private static final int NAME_COLUMNS = 20;

  /**
   * Returns the report as a table.
   *
   * @param columns of the terminal; 0: there is none
   */
  public String toText(int columns) {
    return LineWrap.wrapLines(toText(), columns, NAME_COLUMNS);
  }

  private String toText() {
    StringBuilder text = new StringBuilder();
    text.append(format("machine             %s, %d threads, %s%n", cpu, threads, java));
    text.append(
        format(
            "network             %s %d x %d, vocabulary of %d, batch size %d, sequence length %d, engine %s%n%n",
            cell.title(), layers, hidden, vocabulary, batchSize, seqLength, engine));
    text.append(format("%-20s%14s%14s%14s%n", "characters/s", "median", "lowest", "highest"));
    row(text, "training", training);
    row(text, "sampling, 1 stream", oneStream);
    row(text, "sampling, 64 streams", manyStreams);
    text.append(
        format(
            "%ntraining runs at %.1f GFLOP/s, %.3f MFLOP per character%n",
            gigaflopPerSecond, megaflopPerCharacter));
    if (peakGigaflopPerSecond > 0) {
      text.append(
          format(
              "the machine's GEMM peak is %.1f GFLOP/s: training reaches %.1f %% of it%n",
              peakGigaflopPerSecond, 100 * shareOfPeak));
    }
    return text.toString();
  }

  private static void row(StringBuilder text, String name, Rate rate) {
    text.append(
        format("%-20s%,14.0f%,14.0f%,14.0f%n", name, rate.median(), rate.lowest(), rate.highest()));
  }
}
