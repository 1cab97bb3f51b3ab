package charnn.generate;

import charnn.predict.TextState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Records the memory of one text behind each character that a stop rule may still take back, so
 * that a text can be saved behind what was printed of it.
 */
public final class TextRecorder {
  /**
   * The memory behind a character.
   *
   * @param read characters that the sampler has read
   */
  private record Snapshot(TextState state, int last, SamplerState sampler, long read) {}

  private final Deque<Snapshot> snapshots = new ArrayDeque<>(); // behind consecutive characters
  private long first; // characters before the first snapshot
  private long before; // characters of the text that were there before
  private TextSink sink;
  private RecentTokens recent;
  private boolean stopped;

  /**
   * Begins a text.
   *
   * @param characters of the text that are there already
   * @param to where it is passed on
   */
  void begin(long characters, TextSink to) {
    before = characters;
    sink = to;
  }

  /**
   * Records the memory behind a character. Those behind later ones are forgotten: they were taken
   * back.
   *
   * @param characters of the text that were generated
   * @param state before the last character
   * @param last token id of the last character
   * @param sampler that has read it
   */
  void record(long characters, TextState state, int last, Sampler sampler) {
    while (first + snapshots.size() > characters && !snapshots.isEmpty()) {
      snapshots.removeLast();
    }
    recent = sampler.recent();
    snapshots.add(new Snapshot(state, last, sampler.save(), recent.total()));
    for (long taken = sink.passedOn(); first < taken && snapshots.size() > 1; first++) {
      snapshots.remove();
    }
  }

  /** The text was ended by a stop rule. */
  void stop() {
    stopped = true;
  }

  /** Returns the memory behind the last printed character; empty if the text has not begun. */
  public Optional<SavedText> saved() {
    if (snapshots.isEmpty()) {
      return Optional.empty();
    }
    long wanted = sink.passedOn();
    boolean cut = stopped && wanted < first + snapshots.size() - 1;
    long characters = first;
    for (Snapshot snapshot : snapshots) {
      if (characters++ == wanted) {
        SamplerState sampler =
            new SamplerState(
                snapshot.sampler.random(),
                snapshot.sampler.surpriseBound(),
                recent.until(snapshot.read));
        return Optional.of(
            new SavedText(snapshot.state, snapshot.last, sampler, before + wanted, cut));
      }
    }
    return Optional.empty();
  }
}
