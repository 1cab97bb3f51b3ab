package charnn.serve;

import charnn.data.Direction;
import charnn.data.Quotes;
import charnn.data.Vocabulary;
import charnn.desk.Proposer;
import charnn.engine.Engine;
import charnn.generate.Prompt;
import charnn.model.Model;
import charnn.predict.LanguageModel;
import charnn.predict.SingleModel;
import java.util.ArrayList;
import java.util.List;

/** A model in memory. */
final class ServedModel {
  /** Of proposals, which have numbers: the page asks for others by those. */
  private static final long PROPOSALS_SEED = 1;

  private final String id;
  private final long created;
  private final Model model;
  private final Engine ofOneThread;
  private final LanguageModel inBatches;
  private LanguageModel alone; // null: not used so far
  private Proposer proposer; // null: not used so far

  /**
   * @param id what requests call it
   * @param created seconds since 1970
   * @param ofBatches engine of the thread that computes the batches
   * @param ofOneThread engine that any thread may use
   */
  ServedModel(String id, long created, Model model, Engine ofBatches, Engine ofOneThread) {
    this.id = id;
    this.created = created;
    this.model = model;
    this.ofOneThread = ofOneThread;
    inBatches = new SingleModel(ofBatches, model);
  }

  String id() {
    return id;
  }

  long created() {
    return created;
  }

  Model model() {
    return model;
  }

  Vocabulary vocabulary() {
    return model.vocabulary();
  }

  boolean isBackward() {
    return model.hyperparameters().direction() == Direction.BACKWARD;
  }

  /** Returns the language model for the thread that computes the batches. */
  LanguageModel inBatches() {
    return inBatches;
  }

  /** Returns the language model for any other thread. */
  synchronized LanguageModel alone() {
    if (alone == null) {
      alone = new SingleModel(ofOneThread, model);
    }
    return alone;
  }

  /** Returns what proposes the next words, for one thread at a time. */
  synchronized Proposer proposer() {
    if (proposer == null) {
      proposer = new Proposer(alone(), model.provenance().decoding()::normalized, PROPOSALS_SEED);
    }
    return proposer;
  }

  /** Returns a text as the model's training text was read. */
  String spelled(String text) {
    return vocabulary().spelling(model.provenance().decoding().normalized(text));
  }

  /** Returns a prompt as the model reads it. */
  Prompt prompt(String text) {
    return Prompt.of(spelled(text), vocabulary());
  }

  /** Returns phrases as they may occur in the model's texts. */
  List<String> phrases(List<String> phrases) {
    List<String> spelled = new ArrayList<>();
    for (String phrase : phrases) {
      spelled.addAll(Quotes.phrases(spelled(phrase), vocabulary()));
    }
    return spelled;
  }

  /** Returns a set of characters in the model's vocabulary. */
  String characters(String characters) {
    return Quotes.characters(spelled(characters), vocabulary());
  }

  /** Returns what decides the texts of a seed, beside the request. */
  String fingerprint() {
    return "charnn-step-" + model.progress().step();
  }

  /** Returns how many bytes it takes at most: its parameters, and packed once for each use. */
  static long bytes(Model model) {
    return 3L * Float.BYTES * model.network().architecture().parameterCount();
  }
}
