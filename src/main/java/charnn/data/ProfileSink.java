package charnn.data;

import charnn.util.Sentence;
import java.util.List;

/**
 * Looks at the texts of a corpus while they pass, and keeps only the beginning: a corpus of any
 * size is described in constant memory.
 */
public final class ProfileSink implements CorpusSink {
  private final int most;
  private final StringBuilder beginning = new StringBuilder();
  private TextProfile.Reader reader = new TextProfile.Reader();

  /**
   * @param most UTF-16 units at the beginning to keep
   */
  public ProfileSink(int most) {
    this.most = most;
  }

  /** Returns the profile, when it is finished. */
  public TextProfile profile() {
    return reader.end();
  }

  @Override
  public void begin(PlacedText.Place place) {
    if (reader.characters() > 0) {
      append(reader.last() == '\n' ? "\n" : "\n\n");
    }
  }

  @Override
  public void append(String characters) {
    for (int at = 0; at < characters.length(); ) {
      int codePoint = characters.codePointAt(at);
      reader.read(codePoint);
      at += Character.charCount(codePoint);
    }
    int end = Math.min(characters.length(), most - beginning.length());
    boolean isCut = end > 0 && Character.isHighSurrogate(characters.charAt(end - 1));
    beginning.append(characters, 0, isCut ? end - 1 : end);
  }

  /** What is taken away is nothing, or repeats a text of before. */
  @Override
  public Mark mark() {
    TextProfile.Reader before = reader.copy();
    int length = beginning.length();
    return () -> {
      reader = before;
      beginning.setLength(length);
    };
  }

  /** Returns the beginning of the text. */
  @Override
  public CorpusText finish(List<Corpus.Source> sources, List<Sentence> notes)
      throws CorpusException {
    if (reader.different() < 2) {
      throw Corpus.tooFewCharacters(sources.get(0).name());
    }
    return new InMemoryText(beginning.toString(), List.of());
  }
}
