package charnn.serve;

import charnn.serve.http.ApiException;
import charnn.serve.http.Exchange;
import charnn.util.InvalidSettingException;
import charnn.util.Sentence;
import charnn.util.Setting;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields of a request's body. A field that is null is as one that is not there. A field that
 * nobody has asked for is an error: it may be misspelt.
 */
final class Fields {
  /** Where the parser stopped. */
  private static final Pattern PLACE = Pattern.compile("at line \\d+ column \\d+");

  private final JsonObject body;
  private final Set<String> known = new HashSet<>();

  private Fields(JsonObject body) {
    this.body = body;
  }

  /**
   * Returns the fields of a request.
   *
   * @throws ApiException if its body is no JSON object
   */
  static Fields of(Exchange exchange) throws ApiException {
    String type = exchange.header("Content-Type").toLowerCase(Locale.ROOT);
    if (!type.split(";", 2)[0].strip().equals("application/json")) {
      throw ApiException.wrongType();
    }
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(exchange.body())).toString();
      JsonReader reader = new JsonReader(new StringReader(text));
      reader.setStrictness(Strictness.STRICT);
      JsonElement element = JsonParser.parseReader(reader);
      if (element.isJsonObject() && reader.peek() == JsonToken.END_DOCUMENT) {
        return new Fields(element.getAsJsonObject());
      }
    } catch (CharacterCodingException e) {
      throw ApiException.badRequest(null, "the body is not in UTF-8");
    } catch (JsonParseException | IOException e) {
      Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
      throw ApiException.badRequest(
          null, "the body is no JSON" + (place.find() ? ", " + place.group() : ": it is cut off"));
    }
    throw ApiException.badRequest(null, "the body must be one JSON object");
  }

  private JsonElement get(String name) {
    known.add(name);
    JsonElement value = body.get(name);
    return value == null || value.isJsonNull() ? null : value;
  }

  /** Fields that are taken, and have no effect. */
  void ignore(String... names) {
    known.addAll(List.of(names));
  }

  /**
   * A field that clients may send, but with one value only.
   *
   * @param instead what to do
   */
  void require(String name, JsonElement only, String instead) throws ApiException {
    JsonElement value = get(name);
    if (value != null && !value.equals(only)) { // Of numbers, 0 and 0.0 are equal.
      throw ApiException.badRequest(name, name + " must be " + only + ": " + instead);
    }
  }

  /** Checks that every field was asked for. */
  void requireKnown() throws ApiException {
    for (String name : body.keySet()) {
      if (!known.contains(name)) {
        String shown = name.length() > 40 ? name.substring(0, 40) + "..." : name;
        throw ApiException.badRequest(
            shown, "there is no parameter '" + shown + "'; docs/serving.md lists them");
      }
    }
  }

  boolean has(String name) {
    return get(name) != null;
  }

  /** Returns a text; null if there is none. */
  String text(String name) throws ApiException {
    JsonElement value = get(name);
    return value == null ? null : text(name, value);
  }

  private static String text(String name, JsonElement value) throws ApiException {
    if (value instanceof JsonPrimitive primitive && primitive.isString()) {
      return primitive.getAsString();
    }
    throw ApiException.badRequest(name, name + " must be a string");
  }

  /**
   * Returns a text or several.
   *
   * @return empty if there are none; null in a field of one null
   */
  List<String> texts(String name) throws ApiException {
    JsonElement value = get(name);
    if (value == null) {
      return List.of();
    }
    if (!value.isJsonArray()) {
      if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isString()) {
        return List.of(value.getAsString());
      }
      throw ApiException.badRequest(name, name + " must be a string or a list of strings");
    }
    JsonArray array = value.getAsJsonArray();
    List<String> texts = new ArrayList<>();
    for (JsonElement one : array) {
      if (!one.isJsonPrimitive() || !one.getAsJsonPrimitive().isString()) {
        throw ApiException.badRequest(
            name, name + " must be a string or a list of strings; token ids are not taken");
      }
      texts.add(one.getAsString());
    }
    return texts;
  }

  boolean flag(String name) throws ApiException {
    JsonElement value = get(name);
    if (value == null) {
      return false;
    }
    if (value instanceof JsonPrimitive primitive && primitive.isBoolean()) {
      return primitive.getAsBoolean();
    }
    throw ApiException.badRequest(name, name + " must be true or false");
  }

  /** Returns a number; null if there is none. */
  Double number(String name) throws ApiException {
    JsonElement value = get(name);
    if (value == null) {
      return null;
    }
    if (value instanceof JsonPrimitive primitive && primitive.isNumber()) {
      double number = primitive.getAsDouble();
      if (Double.isFinite(number)) {
        return number;
      }
    }
    throw ApiException.badRequest(name, name + " must be a number");
  }

  /** Returns a whole number; null if there is none. */
  Long whole(String name) throws ApiException {
    JsonElement value = get(name);
    if (value == null) {
      return null;
    }
    if (value instanceof JsonPrimitive primitive
        && primitive.isNumber()
        && primitive.getAsString().length() <= 30) {
      try {
        BigDecimal number = primitive.getAsBigDecimal();
        if (Math.abs(number.scale()) <= 30) {
          return number.longValueExact();
        }
      } catch (ArithmeticException | NumberFormatException e) {
        throw ApiException.badRequest(name, name + " must be a whole number");
      }
    }
    throw ApiException.badRequest(name, name + " must be a whole number");
  }

  /** Returns a whole number in a range. */
  int whole(String name, int usual, int least, int most) throws ApiException {
    Long number = whole(name);
    if (number == null) {
      return usual;
    }
    if (number < least || number > most) {
      throw ApiException.badRequest(
          name, name + " must be " + least + " to " + most + ", got " + number);
    }
    return number.intValue();
  }

  /** Returns an object; null if there is none. */
  Fields object(String name) throws ApiException {
    JsonElement value = get(name);
    if (value == null) {
      return null;
    }
    if (value.isJsonObject()) {
      return new Fields(value.getAsJsonObject());
    }
    throw ApiException.badRequest(name, name + " must be an object");
  }

  /** Returns the error of a setting that cannot be. */
  static ApiException invalid(InvalidSettingException e) {
    return ApiException.badRequest(param(e.sentence()), e.sentence().naming(Fields::name));
  }

  private static String param(Sentence sentence) {
    return sentence.parts().stream()
        .filter(Setting.class::isInstance)
        .map(setting -> name((Setting) setting))
        .findFirst()
        .orElse(null);
  }

  private static String name(Setting setting) {
    return switch (setting) {
      case LENGTH -> "max_tokens";
      case TEXTS -> "n";
      default -> setting.name().toLowerCase(Locale.ROOT);
    };
  }
}
