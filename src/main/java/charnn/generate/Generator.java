package charnn.generate;

import charnn.engine.Engine;
import charnn.engine.InferencePass;
import charnn.model.Model;
import charnn.text.Alphabet;
import java.util.function.IntPredicate;

/** Writes text with a model, character by character. Not for use by several threads at once. */
public final class Generator {
  /**
   * How many characters a model writes to itself before a text without a prompt: at least, and at
   * most.
   */
  private static final int MIN_LEAD_IN = 64;

  private static final int MAX_LEAD_IN = 512;

  private final InferencePass pass;
  private final Alphabet alphabet;
  private final float[] logits; // [V]
  private final int[] character = new int[1];

  public Generator(Engine engine, Model model) {
    this.pass = engine.inference(model.network(), 1);
    this.alphabet = model.alphabet();
    this.logits = new float[alphabet.size()];
  }

  /**
   * Reads a prompt, then writes.
   *
   * @param prompt indices of what to go on from. If empty, the model first writes to itself, some
   *     sentences up to a line's end: trained on text without beginnings, it knows nothing of its
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
      if (!sink.test(alphabet.codePoint(next))) {
        return;
      }
      read(next);
    }
  }

  private void leadIn(Sampler sampler) {
    int lineEnd = Math.max(0, alphabet.indexOf('\n'));
    int next = lineEnd;
    for (int i = 0; i < MIN_LEAD_IN || (i < MAX_LEAD_IN && next != lineEnd); i++) {
      read(next);
      next = sampler.next(logits);
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
