package charnn.generate;

import charnn.data.Vocabulary;
import charnn.engine.Engine;
import charnn.engine.InferencePass;
import charnn.model.Model;
import java.util.function.IntPredicate;

/** Generates text with a model, character by character. Not thread-safe. */
public final class Generator {
  /** Burn-in ends at an empty line after this many characters, ... */
  private static final int EMPTY_LINE_FROM = 64;

  /** ... at any line end after this many, ... */
  private static final int LINE_END_FROM = 512;

  /** ... and anyway after this many. */
  private static final int MAX_BURN_IN = 1024;

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
   * Reads a prompt, then generates.
   *
   * @param prompt token ids to continue. Without a prompt, some characters are generated first and
   *     discarded (burn-in), because the model was hardly trained on zero state
   * @param start where to start without a prompt
   * @param length characters to generate
   * @param sink consumes each new code point; returns whether to continue
   */
  public void generate(int[] prompt, Start start, long length, Sampler sampler, IntPredicate sink) {
    pass.reset();
    if (prompt.length == 0) {
      burnIn(start, sampler);
    }
    for (int index : prompt) {
      sampler.read(index);
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

  private void burnIn(Start start, Sampler sampler) {
    int lineEnd = Math.max(0, vocabulary.indexOf('\n'));
    int last = lineEnd;
    boolean ended = false;
    int most = start == Start.RANDOM ? LINE_END_FROM : MAX_BURN_IN;
    for (int i = 1; !ended && i < most; i++) {
      read(last);
      int next = sampler.next(logits);
      boolean emptyLine = last == lineEnd && next == lineEnd;
      ended =
          start == Start.PARAGRAPH
              && ((i > EMPTY_LINE_FROM && emptyLine) || (i > LINE_END_FROM && next == lineEnd));
      last = next;
    }
    read(start == Start.RANDOM ? last : lineEnd);
  }

  private void read(int index) {
    character[0] = index;
    pass.step(character, logits);
  }

  /** Generates a text of the given length without a prompt. */
  public String text(int length, Sampler sampler) {
    StringBuilder text = new StringBuilder();
    generate(
        new int[0],
        Start.PARAGRAPH,
        length,
        sampler,
        codePoint -> {
          text.appendCodePoint(codePoint);
          return true;
        });
    return text.toString();
  }
}
