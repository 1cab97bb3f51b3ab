package charnn.serve;

import charnn.data.CorpusException;
import charnn.data.Direction;
import charnn.eval.Alternatives;
import charnn.eval.Evaluator;
import charnn.eval.ScoredText;
import charnn.eval.TextScore;
import charnn.eval.TextScorer;
import charnn.serve.http.Answer;
import charnn.serve.http.ApiException;
import charnn.serve.http.Exchange;
import com.google.gson.JsonObject;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code POST /v1/score}: how probable is a text, and each of its characters? */
final class Scores implements Endpoint {
  private final ModelShelf shelf;
  private final Evaluator evaluator;

  /**
   * @param evaluator for several threads
   */
  Scores(ModelShelf shelf, Evaluator evaluator) {
    this.shelf = shelf;
    this.evaluator = evaluator;
  }

  @Override
  public void handle(Exchange exchange, String rest) throws ApiException {
    Fields fields = Fields.of(exchange);
    String id = fields.text("model");
    String text = fields.text("input");
    int alternatives = fields.whole("logprobs", 0, 0, Alternatives.COUNT);
    fields.ignore("user");
    fields.requireKnown();
    if (text == null) {
      throw ApiException.badRequest("input", "input must be the text to score");
    }
    CompletionRequest.requireReadable("input", text);
    CompletionRequest.requireFew("logprobs", text.length(), alternatives);
    AtomicBoolean left = new AtomicBoolean();
    exchange.onLeave(() -> left.set(true));
    if (left.get()) {
      return;
    }
    ServedModel model = shelf.get(id);
    Direction direction = model.model().hyperparameters().direction();
    try {
      ScoredText scored =
          new TextScorer(evaluator, model.alone(), direction)
              .scoreCharacters(
                  model.spelled(text),
                  alternatives == 0 ? 0 : CompletionRequest.MAX_PROMPT,
                  done -> {
                    if (left.get()) {
                      throw new CancellationException();
                    }
                  });
      exchange.answer(Answer.json(200, json(model, scored, alternatives)));
    } catch (CorpusException e) {
      throw ApiException.badRequest("input", e.getMessage());
    } catch (CancellationException e) {
      return; // Nobody waits for it.
    }
  }

  private static JsonObject json(ServedModel model, ScoredText scored, int alternatives) {
    TextScore score = scored.score();
    JsonObject json = new JsonObject();
    json.addProperty("object", "score");
    json.addProperty("model", model.id());
    json.addProperty("characters", score.known() + score.unknown());
    json.addProperty("unknown_characters", score.unknown());
    json.addProperty("bits", score.bits());
    json.addProperty("bits_per_character", score.bitsPerCharacter());
    json.addProperty("perplexity", score.perplexity());
    LogProbabilities characters = new LogProbabilities(0);
    int[] codePoints = scored.text().codePoints().toArray();
    for (int i = 0; i < codePoints.length; i++) {
      boolean known = alternatives > 0 && !Double.isNaN(scored.nats()[i]) && !scored.charged()[i];
      characters.add(
          Character.toString(codePoints[i]),
          -scored.nats()[i],
          known ? scored.alternatives().at(i).stream().limit(alternatives).toList() : null);
    }
    json.add("logprobs", characters.take());
    return json;
  }
}
