package charnn.report;

import static charnn.util.Formats.format;

import charnn.data.cache.CorpusCache;
import java.time.Instant;
import java.util.List;

/**
 * What a cache of corpora holds.
 *
 * @param folder of the cache
 * @param bytes of all of it
 * @param corpora the largest first
 */
public record CacheReport(String folder, long bytes, List<Row> corpora) {
  private static final double MEGABYTE = 1e6;
  private static final int SHORT = 8;

  /**
   * An encoded corpus.
   *
   * @param id by which it is freed
   * @param bytes its size
   * @param characters of the corpus; 0 if the file is half-made or damaged
   * @param used when it was last used
   * @param inputs from which it was made; empty if the file is half-made or damaged
   * @param state what became of it: "kept", "freed" or "in use"
   */
  public record Row(
      String id, long bytes, long characters, String used, String inputs, String state) {
    public static Row of(CorpusCache.Entry entry, String state) {
      return new Row(
          entry.name().substring(0, SHORT),
          entry.bytes(),
          entry.characters(),
          entry.used().toString(),
          entry.inputs(),
          state);
    }
  }

  /** Makes the report. */
  public static CacheReport of(String folder, List<Row> rows) {
    return new CacheReport(folder, rows.stream().mapToLong(Row::bytes).sum(), rows);
  }

  /** Returns the report as a table. */
  public String toText() {
    if (corpora.isEmpty()) {
      return format("%s holds no encoded corpus%n", folder);
    }
    TextTable table = new TextTable("id", "MB", "characters", "last used", "state", "encoded from");
    for (Row row : corpora) {
      table.add(
          row.id,
          format("%,.0f", row.bytes / MEGABYTE),
          format("%,d", row.characters),
          Instant.parse(row.used)
              .toString()
              .replaceFirst(":\\d\\d(?:\\.\\d+)?Z$", "")
              .replace('T', ' '),
          row.state,
          row.inputs.isEmpty() ? "(half-made or damaged)" : row.inputs);
    }
    return table.toString();
  }
}
