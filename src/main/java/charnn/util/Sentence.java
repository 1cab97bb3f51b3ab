package charnn.util;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A sentence that names settings, for whoever shows it to say how they are called.
 *
 * @param form as of {@link String#format}
 * @param parts what goes into the form: {@link Setting}s, sentences and anything else
 */
public record Sentence(String form, List<Object> parts) {
  public Sentence {
    parts = List.copyOf(parts);
  }

  public static Sentence of(String form, Object... parts) {
    return new Sentence(form, List.of(parts));
  }

  /** Returns sentences joined to one. */
  public static Sentence join(String between, List<Sentence> sentences) {
    return new Sentence(
        String.join(between, sentences.stream().map(s -> "%s").toList()), List.copyOf(sentences));
  }

  /**
   * Returns the sentence.
   *
   * @param names returns what each setting is called
   */
  public String naming(Function<Setting, String> names) {
    Object[] named =
        parts.stream()
            .map(
                part ->
                    part instanceof Setting setting
                        ? names.apply(setting)
                        : part instanceof Sentence inner ? inner.naming(names) : part)
            .toArray();
    return String.format(Locale.ROOT, form, named);
  }

  /** Returns the sentence with the settings in words. */
  @Override
  public String toString() {
    return naming(Setting::toString);
  }
}
