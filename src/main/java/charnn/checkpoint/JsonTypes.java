package charnn.checkpoint;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.lang.invoke.MethodType;
import java.util.Collection;

/**
 * Checks the type of each JSON value before it is read, and names the field whose value has
 * another: Gson names its own methods, or Java's.
 */
final class JsonTypes implements TypeAdapterFactory {
  @Override
  public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    TypeAdapter<T> adapter = gson.getDelegateAdapter(this, type);
    Class<?> raw = type.getRawType();
    JsonToken expected = tokenOf(raw);
    return new TypeAdapter<>() {
      @Override
      public T read(JsonReader in) throws IOException {
        JsonToken token = in.peek();
        String path = in.getPath();
        if (token != expected && (token != JsonToken.NULL || raw.isPrimitive())) {
          throw wrong(path, nameOf(raw), nameOf(token));
        }
        try {
          return adapter.read(in);
        } catch (NumberFormatException | JsonSyntaxException | MalformedJsonException e) {
          if (expected != JsonToken.NUMBER) {
            throw e;
          }
          throw wrong(path, nameOf(raw), isWhole(raw) ? "another number" : "one too large");
        }
      }

      @Override
      public void write(JsonWriter out, T value) throws IOException {
        adapter.write(out, value);
      }
    };
  }

  /**
   * @param path from JsonReader: "$" for the whole, "$.progress.step" for a field
   */
  private static IllegalArgumentException wrong(String path, String expected, String found) {
    String field = path.equals("$") ? "it" : path.replaceFirst("^\\$\\.?", "");
    return new IllegalArgumentException(field + " must be " + expected + ", got " + found);
  }

  private static JsonToken tokenOf(Class<?> type) {
    if (type.isArray() || Collection.class.isAssignableFrom(type)) {
      return JsonToken.BEGIN_ARRAY;
    }
    if (type == String.class || type.isEnum()) {
      return JsonToken.STRING;
    }
    Class<?> wrapper = wrapper(type);
    return wrapper == Boolean.class
        ? JsonToken.BOOLEAN
        : Number.class.isAssignableFrom(wrapper) ? JsonToken.NUMBER : JsonToken.BEGIN_OBJECT;
  }

  private static String nameOf(Class<?> type) {
    return isWhole(type) ? "a whole number" : nameOf(tokenOf(type));
  }

  private static Class<?> wrapper(Class<?> type) {
    return MethodType.methodType(type).wrap().returnType();
  }

  private static boolean isWhole(Class<?> type) {
    Class<?> wrapper = wrapper(type);
    return wrapper == Integer.class || wrapper == Long.class;
  }

  private static String nameOf(JsonToken token) {
    return switch (token) {
      case BEGIN_ARRAY -> "an array";
      case BEGIN_OBJECT -> "an object";
      case STRING -> "a string";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case NULL -> "null";
      default -> "nothing";
    };
  }
}
