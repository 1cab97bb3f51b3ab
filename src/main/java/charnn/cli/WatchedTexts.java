package charnn.cli;

import charnn.generate.Prediction;
import charnn.generate.TextSink;
import java.util.function.BooleanSupplier;

/**
 * Texts as they are generated, before the user's eyes: shows how far the prompt is read, and ends
 * when interrupted.
 */
record WatchedTexts(TextSink texts, Preparation reading, BooleanSupplier interrupted)
    implements TextSink {
  @Override
  public void read(int characters) {
    reading.accept(characters);
  }

  @Override
  public boolean write(int text, int codePoint) {
    reading.close();
    return texts.write(text, codePoint);
  }

  @Override
  public boolean write(int text, int codePoint, Prediction prediction) {
    reading.close();
    return texts.write(text, codePoint, prediction);
  }

  @Override
  public int alternatives() {
    return texts.alternatives();
  }

  @Override
  public long passedOn() {
    return texts.passedOn();
  }

  @Override
  public void end(int text) {
    reading.close();
    texts.end(text);
  }

  @Override
  public void match(int text) {
    reading.close();
    texts.match(text);
  }

  @Override
  public void fail(int text) {
    reading.close();
    texts.fail(text);
  }

  @Override
  public boolean isClosed() {
    return interrupted.getAsBoolean() || texts.isClosed();
  }
}
