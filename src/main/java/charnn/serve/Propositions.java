package charnn.serve;

import charnn.desk.Context;
import charnn.desk.Proposer;
import charnn.serve.http.Answer;
import charnn.serve.http.ApiException;
import charnn.serve.http.Exchange;
import charnn.util.InvalidSettingException;
import charnn.util.Setting;
import com.google.gson.JsonObject;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * {@code POST /v1/propose}: the next words of a text, as {@code charnn write} proposes them. The
 * model remembers what it has read, so that of a text that grows only the end is read.
 */
final class Propositions implements Endpoint {
  private static final double TEMPERATURE = 0.5; // as in charnn write
  private static final int WORDS = 6;
  private static final int MAX_ALTERNATIVE = 1_000_000;

  private final ModelShelf shelf;

  Propositions(ModelShelf shelf) {
    this.shelf = shelf;
  }

  @Override
  public void handle(Exchange exchange, String rest) throws ApiException {
    Fields fields = Fields.of(exchange);
    String id = fields.text("model");
    String text = fields.text("input");
    int words = fields.whole("words", WORDS, 1, (int) Setting.WORDS.range().most());
    int alternative = fields.whole("alternative", 0, 0, MAX_ALTERNATIVE);
    SamplingFields sampling = SamplingFields.of(fields, TEMPERATURE, false);
    fields.requireKnown();
    if (text == null) {
      throw ApiException.badRequest("input", "input must be the text before the proposal");
    }
    CompletionRequest.requireReadable("input", text);
    AtomicBoolean left = new AtomicBoolean();
    exchange.onLeave(() -> left.set(true));
    ServedModel model = shelf.get(id);
    if (model.isBackward()) {
      throw ApiException.badRequest(
          "model", "'" + model.id() + "' reads backwards, and a proposal is what follows");
    }
    Proposer.Settings settings = new Proposer.Settings(sampling.of(model), words, alternative);
    Proposer proposer = model.proposer();
    String proposal;
    try {
      synchronized (proposer) {
        proposal = proposer.propose(Context.of(text, text.length()), "", settings, left::get);
      }
    } catch (InvalidSettingException e) {
      throw Fields.invalid(e);
    }
    if (proposal != null) {
      JsonObject json = new JsonObject();
      json.addProperty("object", "proposal");
      json.addProperty("model", model.id());
      json.addProperty("text", proposal);
      exchange.answer(Answer.json(200, json));
    }
  }
}
