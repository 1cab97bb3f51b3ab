package charnn.generate;

import charnn.predict.TextState;

/**
 * The whole memory of a text: what continues from it, with the same model and settings, is what the
 * text would have continued with.
 *
 * @param state of the language model, after all characters but the last
 * @param last token id of the last character, to be read next
 * @param sampler what the sampler remembers after the last character
 * @param length characters of the text, its prompt among them
 * @param generated how many of the last of them the model generated, after all prompts
 * @param cut whether a stop rule ended it, so that the next text may begin with that end
 */
public record SavedText(
    TextState state, int last, SamplerState sampler, long length, long generated, boolean cut) {

  /** Returns the text's last characters, as many as are remembered: token ids. */
  public int[] end() {
    int[] recent = sampler.recent();
    int count = (int) Math.min(recent.length, length);
    int[] end = new int[count];
    System.arraycopy(recent, recent.length - count, end, 0, count);
    return end;
  }
}
