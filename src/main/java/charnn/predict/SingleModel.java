package charnn.predict;

import charnn.data.Vocabulary;
import charnn.engine.Engine;
import charnn.engine.InferencePass;
import charnn.model.Model;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.nn.RecurrentState;
import java.util.List;
import java.util.function.IntFunction;

/** One model as a language model. */
public final class SingleModel implements LanguageModel {
  private final NetworkSpec architecture;
  private final Vocabulary vocabulary;
  private final IntFunction<InferencePass> passes;

  /**
   * @param model whose parameters are read once, now
   */
  public SingleModel(Engine engine, Model model) {
    this(engine, model.network(), model.vocabulary());
  }

  /**
   * @param network whose parameters are read once, now
   */
  public SingleModel(Engine engine, Network network, Vocabulary vocabulary) {
    architecture = network.architecture();
    this.vocabulary = vocabulary;
    passes = engine.inference(network);
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public Predictor predictor(int texts) {
    InferencePass pass = passes.apply(texts);
    return new Predictor() {
      @Override
      public void step(int[] characters, float[] logits) {
        pass.step(characters, logits);
      }

      @Override
      public TextState save(int text) {
        RecurrentState state = new RecurrentState(architecture, 1);
        pass.save(text, state);
        return new TextState(List.of(state));
      }

      @Override
      public void load(int text, TextState from) {
        pass.load(text, from.states().get(0));
      }
    };
  }
}
