package charnn.serve;

import charnn.generate.Until;
import charnn.serve.http.ApiException;
import charnn.util.RandomStreams;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * What {@code POST /v1/completions} asks for.
 *
 * @param model null: the first there is
 * @param prompts one or more
 * @param length characters of each text, at most
 * @param texts of each prompt
 * @param alternatives to each character, or -1: no probabilities are wanted
 * @param echo whether a text begins with its prompt
 * @param stops strings that end a text
 * @param until unit that ends a text; null: none
 * @param usage whether a stream ends with the numbers of characters
 */
record CompletionRequest(
    String model,
    List<String> prompts,
    int length,
    int texts,
    long seed,
    SamplingFields sampling,
    int alternatives,
    boolean echo,
    List<String> stops,
    Until until,
    boolean stream,
    boolean usage) {
  /** As OpenAI's. */
  private static final double TEMPERATURE = 1;

  private static final int LENGTH = 256;
  static final int MAX_LENGTH = 100_000;
  static final int MAX_PROMPT = 100_000;
  private static final int MAX_ALTERNATIVES = 20;

  /** Probabilities of a text: they are kept in memory until the client has taken them. */
  static final int MAX_PROBABILITIES = 100_000;

  private static final int MAX_STOPS = 16;
  private static final int MAX_STOP = 200;

  private static final AtomicLong UNSEEDED = new AtomicLong();

  static CompletionRequest of(Fields fields, int mostTexts) throws ApiException {
    String model = fields.text("model");
    List<String> given = fields.texts("prompt");
    List<String> prompts = given.isEmpty() ? List.of("") : given;
    for (String prompt : prompts) {
      requireReadable("prompt", prompt);
    }
    int length = fields.whole("max_tokens", LENGTH, 0, MAX_LENGTH);
    int texts = fields.whole("n", 1, 1, mostTexts);
    if ((long) texts * prompts.size() > mostTexts) {
      throw ApiException.badRequest(
          prompts.size() > 1 ? "prompt" : "n",
          "a request has at most " + mostTexts + " texts, got " + (long) texts * prompts.size());
    }
    fields.require(
        "best_of", new JsonPrimitive(texts), "all n texts are returned, and no others made");
    fields.require("suffix", new JsonPrimitive(""), "POST /v1/fill fills a gap from both sides");
    fields.require("presence_penalty", new JsonPrimitive(0), "use dry");
    fields.require("frequency_penalty", new JsonPrimitive(0), "use dry");
    fields.require("logit_bias", new JsonObject(), "use only or ban");
    fields.ignore("user");
    Long seed = fields.whole("seed");
    SamplingFields sampling = SamplingFields.of(fields, TEMPERATURE, true);
    int alternatives = fields.whole("logprobs", -1, 0, MAX_ALTERNATIVES);
    boolean echo = fields.flag("echo");
    for (String prompt : alternatives < 0 ? List.<String>of() : prompts) {
      requireFew("logprobs", length + (echo ? prompt.length() : 0), alternatives);
    }
    List<String> stops = stops(fields);
    Until until = until(fields.text("until"));
    boolean stream = fields.flag("stream");
    Fields options = fields.object("stream_options");
    if (options != null && !stream) {
      throw ApiException.badRequest("stream_options", "stream_options is for stream: true");
    }
    boolean usage = options != null && options.flag("include_usage");
    fields.requireKnown();
    return new CompletionRequest(
        model,
        prompts,
        length,
        texts,
        seed == null ? newSeed() : seed,
        sampling,
        alternatives,
        echo,
        stops,
        until,
        stream,
        usage);
  }

  /** Ten digits at most: short enough to be typed. */
  private static long newSeed() {
    return RandomStreams.mix(
            System.nanoTime(), ProcessHandle.current().pid(), UNSEEDED.incrementAndGet())
        >>> 31;
  }

  /** Checks the length of a text that a model is to read. */
  static void requireReadable(String name, String text) throws ApiException {
    int length = text.codePointCount(0, text.length());
    if (length > MAX_PROMPT) {
      throw ApiException.badRequest(
          name, name + " must have at most " + MAX_PROMPT + " characters, got " + length);
    }
  }

  /** Checks how many probabilities are wanted. */
  static void requireFew(String name, int characters, int alternatives) throws ApiException {
    if ((long) characters * (1 + alternatives) > MAX_PROBABILITIES) {
      throw ApiException.badRequest(
          name,
          name
              + " "
              + alternatives
              + " is for texts of at most "
              + MAX_PROBABILITIES / (1 + alternatives)
              + " characters, got "
              + characters);
    }
  }

  private static List<String> stops(Fields fields) throws ApiException {
    List<String> stops = fields.texts("stop");
    if (stops.size() > MAX_STOPS) {
      throw ApiException.badRequest(
          "stop", "stop must have at most " + MAX_STOPS + " strings, got " + stops.size());
    }
    for (String stop : stops) {
      if (stop.isEmpty() || stop.length() > MAX_STOP) {
        throw ApiException.badRequest(
            "stop", "a string of stop must have 1 to " + MAX_STOP + " characters");
      }
    }
    return stops;
  }

  private static Until until(String name) throws ApiException {
    for (Until until : Until.values()) {
      if (until.toString().equals(name)) {
        return until;
      }
    }
    if (name != null) {
      throw ApiException.badRequest(
          "until",
          "until must be "
              + Arrays.stream(Until.values())
                  .map(Until::toString)
                  .collect(Collectors.joining(" or "))
              + ", got '"
              + name.substring(0, Math.min(20, name.length())).toLowerCase(Locale.ROOT)
              + "'");
    }
    return null;
  }

  /** Returns the seed of a text: the first one's is the one given, as in {@code charnn sample}. */
  long seed(int text) {
    return text == 0 ? seed : RandomStreams.mix(seed, text);
  }
}
