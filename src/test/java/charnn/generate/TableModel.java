package charnn.generate;

import charnn.data.Vocabulary;
import charnn.nn.RecurrentState;
import charnn.predict.LanguageModel;
import charnn.predict.Predictor;
import charnn.predict.TextState;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A language model whose predictions are written down.
 *
 * @param logits of the next character [V], by the last characters read, at most {@link #MEMORY}
 */
public record TableModel(Vocabulary vocabulary, Function<String, float[]> logits)
    implements LanguageModel {
  public static final int MEMORY = 8;

  @Override
  public Predictor predictor(int texts) {
    String[] read = new String[texts];
    Arrays.fill(read, "");
    return new Predictor() {
      @Override
      public void step(int[] characters, float[] result) {
        int v = vocabulary.size();
        for (int i = 0; i < texts; i++) {
          String all = read[i] + Character.toString(vocabulary.codePoint(characters[i]));
          read[i] = all.substring(Math.max(0, all.length() - MEMORY));
          System.arraycopy(logits.apply(read[i]), 0, result, i * v, v);
        }
      }

      @Override
      public TextState save(int text) {
        float[] characters = new float[MEMORY];
        for (int i = 0; i < read[text].length(); i++) {
          characters[i] = read[text].charAt(i);
        }
        return new TextState(List.of(new RecurrentState(1, new float[][][] {{characters}})));
      }

      @Override
      public void load(int text, TextState from) {
        StringBuilder characters = new StringBuilder();
        for (float character : from.states().get(0).hidden()[0]) {
          if (character > 0) {
            characters.append((char) character);
          }
        }
        read[text] = characters.toString();
      }
    };
  }
}
