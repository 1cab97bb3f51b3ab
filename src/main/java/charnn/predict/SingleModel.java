package charnn.predict;

import charnn.data.Vocabulary;
import charnn.engine.Engine;
import charnn.engine.InferencePass;
import charnn.model.Model;
import charnn.nn.Clamp;
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
    this(engine, model, List.of());
  }

  /**
   * @param model whose parameters are read once, now
   * @param clamps units that are held at values
   */
  public SingleModel(Engine engine, Model model, List<Clamp> clamps) {
    this(
        model.network().architecture(),
        model.vocabulary(),
        passes(engine, model.network(), clamps));
  }

  /**
   * @param network whose parameters are read once, now
   */
  public SingleModel(Engine engine, Network network, Vocabulary vocabulary) {
    this(network.architecture(), vocabulary, engine.inference(network));
  }

  private SingleModel(
      NetworkSpec architecture, Vocabulary vocabulary, IntFunction<InferencePass> passes) {
    this.architecture = architecture;
    this.vocabulary = vocabulary;
    this.passes = passes;
  }

  private static IntFunction<InferencePass> passes(
      Engine engine, Network network, List<Clamp> clamps) {
    return clamps.isEmpty() ? engine.inference(network) : engine.inference(network, clamps);
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
