package charnn.generate;

import charnn.data.Vocabulary;
import charnn.engine.Engine;
import charnn.engine.InferencePass;
import charnn.model.Model;
import java.util.function.IntPredicate;

/** Writes text with a model, character by character. Not for use by several threads at once. */
public final class Generator {
  /** A text without a prompt begins where the model, writing to itself, comes to ... */
  private static final int EMPTY_LINE_FROM = 64; // ... an empty line, after so many characters,

  private static final int LINE_END_FROM = 512; // ... or any line's end, after so many more,
  private static final int LEAD_IN_END = 1024; // ... or just here.

  private final InferencePass pass;
  private final Vocabulary vocabulary;
  private final float[] logits; // [V]
  private final int[] character = new int[1];

  public Generator(Engine engine, Model model) {
    this.pass = engine.inference(model.network(), 1);
    this.vocabulary = model.vocabulary();
    this.logits = new float[vocabulary.size()];
  }

  /**
   * Reads a prompt, then writes.
   *
   * @param prompt indices of what to go on from. If empty, the model first writes to itself, some
   *     sentences up to an empty line: trained on text without beginnings, it knows nothing of its
   *     zero state
   * @param length how many characters to write
   * @param sink given each new code point; returns whether to go on
   */
  public void generate(int[] prompt, long length, Sampler sampler, IntPredicate sink) {
    pass.reset();
    if (prompt.length == 0) {
      leadIn(sampler);
    }
    for (int index : prompt) {
      read(index);
    }
    for (long i = 0; i < length; i++) {
      int next = sampler.next(logits);
      if (!sink.test(vocabulary.codePoint(next))) {
        return;
      }
      read(next);
    }
  }

  private void leadIn(Sampler sampler) {
    int lineEnd = Math.max(0, vocabulary.indexOf('\n'));
    int last = lineEnd;
    boolean ended = false;
    for (int i = 1; !ended && i < LEAD_IN_END; i++) {
      read(last);
      int next = sampler.next(logits);
      boolean emptyLine = last == lineEnd && next == lineEnd;
      ended = (i > EMPTY_LINE_FROM && emptyLine) || (i > LINE_END_FROM && next == lineEnd);
      last = next;
    }
    read(lineEnd);
  }

  private void read(int index) {
    character[0] = index;
    pass.step(character, logits);
  }

  /** Returns a text of the given length written without a prompt. */
  public String text(int length, Sampler sampler) {
    StringBuilder text = new StringBuilder();
    generate(
        new int[0],
        length,
        sampler,
        codePoint -> {
          text.appendCodePoint(codePoint);
          return true;
        });
    return text.toString();
  }
}
