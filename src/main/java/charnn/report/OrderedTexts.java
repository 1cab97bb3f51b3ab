package charnn.report;

import charnn.generate.StopRule;
import charnn.generate.StoppingText;
import charnn.generate.TextEnd;
import charnn.generate.TextSink;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Writes texts that are generated in a batch in the order of their numbers: the first one as its
 * characters come, the others when it is their turn.
 */
public final class OrderedTexts implements TextSink {
  private final TextWriter writer;
  private final StopRule stopRule;
  private final int count;
  private final IntFunction<String> heading;
  private final String prompt;
  private final boolean echo;
  private final Map<Integer, Text> texts = new HashMap<>();
  private int current; // number of the text whose turn it is
  private boolean begun; // the first text
  private long charactersOfFirst;
  private int cut; // texts
  private boolean closed;

  /** A text that is not written to its end. */
  private final class Text {
    private final StringBuilder waiting = new StringBuilder();
    private final StoppingText characters;
    private boolean ended;

    Text(int number) {
      characters = stopRule.text(prompt, codePoint -> write(number, codePoint));
    }

    private boolean write(int number, int codePoint) {
      charactersOfFirst += number == 0 ? 1 : 0;
      if (number != current) {
        waiting.appendCodePoint(codePoint);
        return true;
      }
      closed = closed || !writer.write(codePoint);
      return !closed;
    }
  }

  /**
   * Writes nothing yet.
   *
   * @param stopRule where texts end before their length
   * @param count texts
   * @param heading what is written before a text, by its number
   * @param prompt that each text continues
   * @param echo whether to write the prompt before each text
   */
  public OrderedTexts(
      TextWriter writer,
      StopRule stopRule,
      int count,
      IntFunction<String> heading,
      String prompt,
      boolean echo) {
    this.writer = writer;
    this.stopRule = stopRule;
    this.count = count;
    this.heading = heading;
    this.prompt = prompt;
    this.echo = echo;
  }

  /** Begins the first text, at the first event of any: it may take a while to come. */
  private void beginFirst() {
    if (!begun) {
      begun = true;
      begin();
    }
  }

  private void begin() {
    writer.write(heading.apply(current));
    if (echo) {
      writer.write(prompt);
    }
    closed = !writer.flush();
  }

  private Text text(int number) {
    return texts.computeIfAbsent(number, Text::new);
  }

  @Override
  public boolean write(int number, int codePoint) {
    beginFirst();
    return text(number).characters.write(codePoint);
  }

  @Override
  public void end(int number) {
    cut += text(number).characters.ended() == TextEnd.LENGTH ? 1 : 0;
    finish(number);
  }

  @Override
  public void match(int number) {
    finish(number);
  }

  @Override
  public void fail(int number) {
    finish(number);
  }

  private void finish(int number) {
    beginFirst();
    Text text = text(number);
    text.characters.end();
    text.ended = true;
    while (!closed && current < count && text(current).ended) {
      texts.remove(current);
      current++;
      if (current < count) {
        begin();
        Text next = text(current);
        writer.write(next.waiting.toString());
        next.waiting.setLength(0);
      }
    }
  }

  /** Returns how many texts were ended by their length. */
  public int cut() {
    return cut;
  }

  @Override
  public long passedOn() {
    return charactersOfFirst;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }
}
