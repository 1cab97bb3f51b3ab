package charnn.data;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A corpus's text in memory.
 *
 * @param text its characters
 * @param parts of the text that stand in a file as they are
 */
public record InMemoryText(String text, List<PlacedText.Part> parts) implements CorpusText {
  @Override
  public long length() {
    return text.codePointCount(0, text.length());
  }

  @Override
  public long different() {
    return text.codePoints().distinct().limit(Vocabulary.MAX_SIZE + 1L).count();
  }

  @Override
  public Vocabulary vocabulary() {
    return Vocabulary.ofText(text);
  }

  @Override
  public Tokens tokens(Vocabulary vocabulary) {
    return Tokens.of(vocabulary.encode(text));
  }

  @Override
  public String beginning(int most) {
    return text.substring(0, Math.min(most, text.length()));
  }

  @Override
  public String sha256() {
    return Corpus.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public long inMemory() {
    return length();
  }

  /** Keeps the texts in memory. */
  public static final class Writer implements CorpusSink {
    private final PlacedText.Builder joined = new PlacedText.Builder();

    @Override
    public void begin(PlacedText.Place place) {
      joined.begin(place);
    }

    @Override
    public void append(String characters) {
      joined.append(characters);
    }

    @Override
    public void add(String file, String whole, Boilerplate.Remainder remainder) {
      joined.add(file, whole, remainder);
    }

    /** Returns the number of UTF-16 units. */
    public int length() {
      return joined.length();
    }

    /** Adds all to another sink, as one text, and keeps nothing. */
    public void moveTo(CorpusSink other) throws CorpusException {
      joined.moveTo(other);
    }

    @Override
    public InMemoryText finish() {
      PlacedText placed = joined.build();
      return new InMemoryText(placed.text(), placed.parts());
    }
  }
}
