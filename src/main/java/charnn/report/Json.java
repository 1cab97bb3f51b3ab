package charnn.report;

import charnn.util.JsonName;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.lang.reflect.Field;
import java.util.Locale;

/** Writes reports as JSON. */
public final class Json {
  private static final Gson GSON =
      new GsonBuilder()
          .setFieldNamingStrategy(Json::name)
          .disableHtmlEscaping()
          .setPrettyPrinting()
          .create();

  private Json() {}

  private static String name(Field field) {
    return JsonName.NAMING.translateName(field).replaceAll("[A-Z]", "_$0").toLowerCase(Locale.ROOT);
  }

  /** Returns a record as JSON, its fields named with_underscores. */
  public static String of(Object report) {
    return GSON.toJson(report);
  }
}
