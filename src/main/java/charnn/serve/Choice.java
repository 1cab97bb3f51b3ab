package charnn.serve;

import charnn.generate.Prediction;
import charnn.generate.StopRule;
import charnn.generate.StoppingText;
import charnn.generate.TextEnd;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayDeque;
import java.util.Queue;

/** One of the texts of a completion, as far as it is known and not yet sent. */
final class Choice {
  private final int index;
  private final StoppingText stopping;
  private final LogProbabilities probabilities; // null: not wanted
  private final Queue<Prediction> held = new ArrayDeque<>(); // of characters held by stopping
  private final StringBuilder text = new StringBuilder();
  private int characters;
  private boolean begun;
  private boolean ended;
  private boolean sent; // its end

  /**
   * @param index of all texts of the request
   * @param rule where it ends before its length
   * @param spelled the prompt as the model reads it
   * @param echo the prompt if the text begins with it, else empty
   * @param offset of its first character with a probability; negative: no probabilities are wanted
   */
  Choice(int index, StopRule rule, String spelled, String echo, int offset) {
    this.index = index;
    text.append(echo);
    probabilities = offset < 0 ? null : new LogProbabilities(offset);
    stopping = rule.text(spelled, this::pass);
  }

  /** Adds a character of the prompt. */
  void addOfPrompt(String character, Prediction prediction) {
    probabilities.add(character, prediction);
  }

  /** Adds a character; returns whether the text continues. */
  boolean write(int codePoint, Prediction prediction) {
    begun = true;
    if (probabilities != null) {
      held.add(prediction);
    }
    return stopping.write(codePoint);
  }

  private boolean pass(int codePoint) {
    text.appendCodePoint(codePoint);
    characters++;
    if (probabilities != null) {
      probabilities.add(Character.toString(codePoint), held.remove());
    }
    return true;
  }

  void end() {
    stopping.end();
    begun = true;
    ended = true;
  }

  boolean isEnded() {
    return ended;
  }

  /** Returns how many characters were generated and belong to the text. */
  int characters() {
    return characters;
  }

  /** Returns what is new, as an element of a list of choices; null if nothing is. */
  JsonObject take() {
    if (!begun || sent || text.isEmpty() && !ended) {
      return null;
    }
    sent = ended;
    JsonObject choice = new JsonObject();
    choice.addProperty("text", text.toString());
    text.setLength(0);
    choice.addProperty("index", index);
    choice.add("logprobs", probabilities == null ? JsonNull.INSTANCE : probabilities.take());
    choice.add("finish_reason", finishReason());
    return choice;
  }

  private JsonElement finishReason() {
    if (!ended) {
      return JsonNull.INSTANCE;
    }
    return new JsonPrimitive(stopping.ended() == TextEnd.LENGTH ? "length" : "stop");
  }
}
