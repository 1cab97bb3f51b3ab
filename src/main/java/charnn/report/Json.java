package charnn.report;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

/** Reports for programs. */
public final class Json {
  private static final Gson GSON =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .disableHtmlEscaping()
          .setPrettyPrinting()
          .create();

  private Json() {}

  /** Returns a record as JSON, its fields named with_underscores. */
  public static String of(Object report) {
    return GSON.toJson(report);
  }
}
