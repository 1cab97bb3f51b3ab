package charnn.report;

import charnn.data.Direction;
import charnn.nn.CellType;
import charnn.util.JsonName;
import charnn.util.Sentence;
import charnn.util.Setting;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.lang.reflect.Field;
import java.util.Locale;
import java.util.function.Function;

/** Writes reports as JSON. */
public final class Json {
  private Json() {}

  private static String name(Field field) {
    return JsonName.NAMING.translateName(field).replaceAll("[A-Z]", "_$0").toLowerCase(Locale.ROOT);
  }

  /** Returns a record as JSON in one line, its fields named with_underscores. */
  public static String line(Object report) {
    return new GsonBuilder()
        .setFieldNamingStrategy(Json::name)
        .disableHtmlEscaping()
        .create()
        .toJson(report);
  }

  /**
   * Returns a record as JSON, its fields named with_underscores, cells and directions as on the
   * command line.
   *
   * @param names the option of each setting
   */
  public static String of(Object report, Function<Setting, String> names) {
    JsonSerializer<Sentence> sentences =
        (sentence, type, context) -> new JsonPrimitive(sentence.naming(names));
    JsonSerializer<CellType> cells = (cell, type, context) -> new JsonPrimitive(cell.toString());
    JsonSerializer<Direction> directions =
        (direction, type, context) -> new JsonPrimitive(direction.toString());
    return new GsonBuilder()
        .setFieldNamingStrategy(Json::name)
        .registerTypeAdapter(Sentence.class, sentences)
        .registerTypeHierarchyAdapter(CellType.class, cells)
        .registerTypeAdapter(Direction.class, directions)
        .disableHtmlEscaping()
        .setPrettyPrinting()
        .create()
        .toJson(report);
  }
}
