package charnn.serve;

import charnn.generate.Prediction;
import charnn.predict.Alternative;
import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;

/** How probable the characters of a text were, in OpenAI's form. */
final class LogProbabilities {
  /** The logarithm of the smallest positive number: JSON has no infinity. */
  private static final double LEAST = -745;

  private JsonArray tokens = new JsonArray();
  private JsonArray own = new JsonArray();
  private JsonArray best = new JsonArray();
  private JsonArray offsets = new JsonArray();
  private int offset;

  /**
   * @param offset of the first character, in characters
   */
  LogProbabilities(int offset) {
    this.offset = offset;
  }

  /** Adds a character; one without a prediction is the first, which nothing comes before. */
  void add(String character, Prediction prediction) {
    if (prediction == null) {
      add(character, Double.NaN, null);
    } else {
      add(character, prediction.logProbability(), prediction.alternatives());
    }
  }

  /**
   * Adds a character.
   *
   * @param logProbability in nats; NaN: it was not predicted
   * @param alternatives null: none are known
   */
  void add(String character, double logProbability, List<Alternative> alternatives) {
    tokens.add(character);
    offsets.add(offset++);
    own.add(
        Double.isNaN(logProbability)
            ? JsonNull.INSTANCE
            : new JsonPrimitive(Math.max(LEAST, logProbability)));
    if (alternatives == null) {
      best.add(JsonNull.INSTANCE);
      return;
    }
    JsonObject top = new JsonObject();
    for (Alternative alternative : alternatives) {
      top.addProperty(
          alternative.character(), Math.max(LEAST, StrictMath.log(alternative.probability())));
    }
    best.add(top);
  }

  /** Returns what was added since the last call. */
  JsonObject take() {
    JsonObject taken = new JsonObject();
    taken.add("tokens", tokens);
    taken.add("token_logprobs", own);
    taken.add("top_logprobs", best);
    taken.add("text_offset", offsets);
    tokens = new JsonArray();
    own = new JsonArray();
    best = new JsonArray();
    offsets = new JsonArray();
    return taken;
  }
}
