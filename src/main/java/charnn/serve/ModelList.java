package charnn.serve;

import charnn.serve.http.Answer;
import charnn.serve.http.ApiException;
import charnn.serve.http.Exchange;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;

/** {@code GET /v1/models} and {@code GET /v1/models/ID}. */
final class ModelList {
  private final ModelShelf shelf;

  ModelList(ModelShelf shelf) {
    this.shelf = shelf;
  }

  void list(Exchange exchange, String rest) throws ApiException {
    List<ModelShelf.Entry> entries;
    try {
      entries = shelf.entries();
    } catch (IOException e) {
      throw ApiException.unavailable("models_not_readable", "the models cannot be listed");
    }
    JsonArray data = new JsonArray();
    entries.forEach(entry -> data.add(json(entry)));
    JsonObject list = new JsonObject();
    list.addProperty("object", "list");
    list.add("data", data);
    exchange.answer(Answer.json(200, list));
  }

  void one(Exchange exchange, String id) throws ApiException {
    exchange.answer(Answer.json(200, json(shelf.entry(id))));
  }

  private static JsonObject json(ModelShelf.Entry entry) {
    JsonObject model = new JsonObject();
    model.addProperty("id", entry.id());
    model.addProperty("object", "model");
    model.addProperty("created", entry.created());
    model.addProperty("owned_by", "charnn");
    return model;
  }
}
