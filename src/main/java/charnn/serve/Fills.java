package charnn.serve;

import charnn.fill.FilledText;
import charnn.fill.GapFiller;
import charnn.fill.GapMarker;
import charnn.fill.Lengths;
import charnn.generate.Prompt;
import charnn.predict.BothSides;
import charnn.predict.WithoutTokens;
import charnn.serve.http.Answer;
import charnn.serve.http.ApiException;
import charnn.serve.http.Exchange;
import charnn.util.InvalidSettingException;
import charnn.util.Setting;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code POST /v1/fill}: what stood in the gaps of a text? */
final class Fills implements Endpoint {
  private static final int BEAM = 64;
  private static final int MAX_BEAM = 256;
  private static final int AT_MOST = 20;
  private static final int MAX_LENGTH = 100;
  private static final int MAX_GAPS = 16;
  private static final int MAX_TEXTS = 64;

  private final ModelShelf shelf;

  Fills(ModelShelf shelf) {
    this.shelf = shelf;
  }

  @Override
  public void handle(Exchange exchange, String rest) throws ApiException {
    Fields fields = Fields.of(exchange);
    String id = fields.text("model");
    String text = fields.text("input");
    String marker = fields.text("marker");
    Lengths lengths = lengths(fields);
    int count = fields.whole("n", 1, 1, MAX_TEXTS);
    int beam = Math.max(count, fields.whole("beam", BEAM, 1, MAX_BEAM));
    fields.ignore("user");
    fields.requireKnown();
    List<String> parts = parts(text, marker);
    AtomicBoolean left = new AtomicBoolean();
    exchange.onLeave(() -> left.set(true));
    ServedModel forward = shelf.get(id);
    if (forward.isBackward()) {
      throw ApiException.badRequest(
          "model", "'" + forward.id() + "' reads backwards; name the first model of the pair");
    }
    ServedModel backward = shelf.backward(id);
    if (!forward.vocabulary().equals(backward.vocabulary())) {
      throw ApiException.badRequest(
          "model", "the two models of '" + forward.id() + "' know different characters");
    }
    BothSides characters =
        new BothSides(
            WithoutTokens.special(forward.alone()), WithoutTokens.special(backward.alone()));
    GapFiller filler = new GapFiller(characters, beam);
    Set<String> warnings = new LinkedHashSet<>();
    try {
      List<FilledText> filled =
          filler.fill(
              read(parts, forward, warnings),
              lengths,
              count,
              gap -> {
                if (left.get()) {
                  throw new CancellationException();
                }
              });
      exchange.answer(Answer.json(200, json(forward, parts, filled, warnings)));
    } catch (CancellationException e) {
      return; // Nobody waits for it.
    }
  }

  private static Lengths lengths(Fields fields) throws ApiException {
    int exactly = fields.whole("gap", 0, 1, MAX_LENGTH);
    try {
      Long most = fields.whole("at_most");
      if (exactly > 0 && most != null) {
        throw ApiException.badRequest(
            "at_most", "gap is the exact length, and at_most the longest; omit one");
      }
      if (most != null) {
        Setting.AT_MOST.require(most);
      }
      if (exactly > 0) {
        return Lengths.exactly(exactly);
      }
      int longest = most == null ? AT_MOST : (int) Math.min(MAX_LENGTH, most);
      return Lengths.upTo(longest);
    } catch (InvalidSettingException e) {
      throw Fields.invalid(e);
    }
  }

  private static List<String> parts(String text, String marker) throws ApiException {
    if (text == null) {
      throw ApiException.badRequest("input", "input must be a text with a gap, written ___");
    }
    if (marker != null && marker.isEmpty()) {
      throw ApiException.badRequest("marker", "marker must not be empty");
    }
    CompletionRequest.requireReadable("input", text);
    GapMarker gaps = marker == null ? GapMarker.UNDERSCORES : GapMarker.of(marker);
    List<String> parts = gaps.parts(text);
    if (parts.size() == 1 || parts.size() > MAX_GAPS + 1) {
      throw ApiException.badRequest(
          "input",
          "input must have 1 to "
              + MAX_GAPS
              + " gaps, each written "
              + (marker == null ? "___" : "as marker")
              + ", got "
              + (parts.size() - 1));
    }
    return parts;
  }

  /** Returns the parts of the text as the models read them. */
  private static List<int[]> read(List<String> parts, ServedModel model, Set<String> warnings) {
    List<int[]> read = new ArrayList<>();
    for (String part : parts) {
      Prompt prompt = model.prompt(part);
      warnings.addAll(prompt.warnings());
      read.add(prompt.indices());
    }
    return read;
  }

  private static JsonObject json(
      ServedModel model, List<String> parts, List<FilledText> filled, Set<String> warnings) {
    JsonArray choices = new JsonArray();
    for (FilledText text : filled) {
      List<String> gaps = text.texts(model.vocabulary());
      JsonArray list = new JsonArray();
      gaps.forEach(list::add);
      JsonObject choice = new JsonObject();
      choice.addProperty("index", choices.size());
      choice.addProperty("text", FilledText.joined(parts, gaps));
      choice.add("gaps", list);
      choice.addProperty("logprob", text.score());
      choices.add(choice);
    }
    JsonObject json = new JsonObject();
    json.addProperty("object", "fill");
    json.addProperty("model", model.id());
    if (!warnings.isEmpty()) {
      JsonArray said = new JsonArray();
      warnings.forEach(said::add);
      json.add("warnings", said);
    }
    json.add("choices", choices);
    return json;
  }
}
