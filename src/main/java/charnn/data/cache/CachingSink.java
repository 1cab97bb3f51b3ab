package charnn.data.cache;

import charnn.data.Boilerplate;
import charnn.data.Corpus;
import charnn.data.CorpusException;
import charnn.data.CorpusSink;
import charnn.data.CorpusText;
import charnn.data.InMemoryText;
import charnn.data.PlacedText;
import charnn.util.Sentence;
import java.io.Closeable;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

/**
 * Keeps texts in memory until they are too large, and then in the cache. Closed before it is
 * finished, nothing is left of them.
 */
public final class CachingSink implements CorpusSink, Closeable {
  private final CorpusCache cache;
  private final CacheKey key;
  private final BooleanSupplier lasts;
  private final DoubleSupplier fraction;
  private final Runnable waiting;
  private InMemoryText.Writer memory = new InMemoryText.Writer(); // null: all is in the cache
  private CacheWriter writer; // null: all is in memory

  /** Another process has encoded the same corpus meanwhile: it can be found in the cache. */
  public static final class MadeMeanwhile extends CorpusException {
    private static final long serialVersionUID = 1;

    MadeMeanwhile() {
      super("the corpus was encoded by another process");
    }
  }

  /**
   * @param lasts asked at the end: whether the inputs are still as the key says
   * @param fraction returns how much of the inputs is read; 0 if that is not known
   * @param waiting called before waiting for another process that encodes the same
   */
  public CachingSink(
      CorpusCache cache,
      CacheKey key,
      BooleanSupplier lasts,
      DoubleSupplier fraction,
      Runnable waiting) {
    this.cache = cache;
    this.key = key;
    this.lasts = lasts;
    this.fraction = fraction;
    this.waiting = waiting;
  }

  private CorpusSink sink() {
    return memory == null ? writer : memory;
  }

  private void check() throws CorpusException {
    if (memory != null && cache.isUsed() && memory.length() >= cache.above()) {
      move();
    }
  }

  private void move() throws CorpusException {
    Optional<CacheWriter> begun = cache.begin(key, lasts, fraction, waiting);
    writer = begun.orElseThrow(MadeMeanwhile::new);
    InMemoryText.Writer before = memory;
    memory = null;
    before.moveTo(writer);
  }

  @Override
  public void begin(PlacedText.Place place) throws CorpusException {
    check();
    sink().begin(place);
  }

  @Override
  public void append(String characters) throws CorpusException {
    sink().append(characters);
    check();
  }

  @Override
  public void add(String file, String whole, Boilerplate.Remainder remainder)
      throws CorpusException {
    sink().add(file, whole, remainder);
    check();
  }

  @Override
  public Mark mark() throws CorpusException {
    if (memory != null && cache.isUsed()) {
      move(); // A text that needs a mark is large.
    }
    return sink().mark();
  }

  @Override
  public CorpusText finish(List<Corpus.Source> sources, List<Sentence> notes)
      throws CorpusException {
    return sink().finish(sources, notes);
  }

  @Override
  public void close() {
    if (writer != null) {
      writer.close();
    }
  }
}
