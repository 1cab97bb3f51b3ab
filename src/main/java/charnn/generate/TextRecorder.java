package charnn.generate;

import charnn.predict.TextState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Records the memory of one text after each character that a stop rule or a constraint may still
 * take back, so that a text can be saved as far as it was printed.
 */
public final class TextRecorder {
  /** The memory after a character, but for the tokens that were read. */
  private record Snapshot(TextState state, int last, SamplerState sampler) {}

  private Deque<Snapshot> snapshots = new ArrayDeque<>(); // after consecutive characters
  private long first; // characters before the first snapshot
  private RecentTokens recent; // read up to there
  private Deque<Snapshot> longest = snapshots; // when the text last was the longest
  private long longestFirst;
  private long farthest; // its largest size
  private long before; // characters of the text that were there before
  private long generatedBefore; // of them, by the model, after all prompts
  private TextSink sink;
  private long written; // characters that the sink was given
  private boolean stopped;

  /**
   * Begins a text.
   *
   * @param characters of the text that are there already
   * @param generated of them, by the model, after all prompts
   * @param to where it is passed on
   */
  void begin(long characters, long generated, TextSink to) {
    before = characters;
    generatedBefore = generated;
    sink = to;
  }

  /** Returns the characters of the text with the last snapshot. */
  private long size() {
    return first + snapshots.size() - 1;
  }

  /**
   * Records the memory after a character. Those after later ones are forgotten: they were taken
   * back.
   *
   * @param characters of the text that were generated
   * @param state before the last character
   * @param last token id of the last character
   * @param sampler that has read it
   */
  void record(long characters, TextState state, int last, Sampler sampler) {
    if (snapshots.isEmpty()) {
      recent = sampler.recent().copy();
    } else if (characters <= size()) {
      remember();
    }
    while (!snapshots.isEmpty() && characters <= size()) {
      snapshots.removeLast();
    }
    snapshots.add(new Snapshot(state, last, sampler.save()));
    farthest = Math.max(farthest, characters);
    for (long taken = sink.passedOn(); first < taken && snapshots.size() > 1; first++) {
      snapshots.remove();
      recent.add(snapshots.element().last);
    }
  }

  private void remember() {
    if (size() == farthest) {
      longest = new ArrayDeque<>(snapshots);
      longestFirst = first;
    }
  }

  /** The text has failed: it is what it was when it last was the longest. */
  void fail() {
    remember();
    snapshots = longest;
    for (; longestFirst < first; longestFirst++) {
      snapshots.remove(); // It was passed on since then, and not taken back.
    }
  }

  /**
   * A character was passed on.
   *
   * @param ends whether a stop rule ended the text
   */
  void pass(boolean ends) {
    written++;
    stopped |= ends;
  }

  /** Returns the memory after the last printed character; empty if the text has not begun. */
  public Optional<SavedText> saved() {
    if (snapshots.isEmpty()) {
      return Optional.empty();
    }
    long wanted = sink.passedOn();
    RecentTokens read = recent.copy();
    long characters = first;
    for (Snapshot snapshot : snapshots) {
      if (characters > first) {
        read.add(snapshot.last);
      }
      if (characters++ == wanted) {
        SamplerState sampler =
            new SamplerState(
                snapshot.sampler.random(), snapshot.sampler.surpriseBound(), read.last());
        return Optional.of(
            new SavedText(
                snapshot.state,
                snapshot.last,
                sampler,
                before + wanted,
                generatedBefore + wanted,
                stopped && wanted < written));
      }
    }
    return Optional.empty();
  }
}
