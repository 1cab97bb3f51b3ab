package charnn.data;

import charnn.util.Sentence;
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
  public Vocabulary vocabulary() {
    return Vocabulary.ofText(text);
  }

  @Override
  public CharacterCounts counts() {
    return CharacterCounts.of(text);
  }

  @Override
  public Tokens tokens(Vocabulary vocabulary) {
    return Tokens.of(vocabulary.encode(text));
  }

  @Override
  public Tokens tokens(Vocabulary vocabulary, int unknown) {
    int[] ids = new int[text.codePointCount(0, text.length())];
    int n = 0;
    for (int at = 0; at < text.length(); ) {
      int codePoint = text.codePointAt(at);
      int id = vocabulary.indexOf(codePoint);
      ids[n++] = id < 0 ? unknown : id;
      at += Character.charCount(codePoint);
    }
    return new Ids(ids);
  }

  /** Token ids of more than 16 bits. */
  private record Ids(int[] ids) implements Tokens {
    @Override
    public long length() {
      return ids.length;
    }

    @Override
    public int at(long index) {
      return ids[(int) index];
    }
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
    public Mark mark() {
      return joined.mark();
    }

    @Override
    public InMemoryText finish(List<Corpus.Source> sources, List<Sentence> notes)
        throws CorpusException {
      PlacedText placed = joined.build();
      if (placed.text().codePoints().distinct().limit(2).count() < 2) {
        throw Corpus.tooFewCharacters(sources.get(0).name());
      }
      return new InMemoryText(placed.text(), placed.parts());
    }
  }
}
