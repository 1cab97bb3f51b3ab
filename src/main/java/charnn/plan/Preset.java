package charnn.plan;

import java.util.Locale;

/** Networks by name, from one that trains in seconds to one that needs hours. */
public enum Preset {
  TINY(1, 128),
  SMALL(1, 256),
  MEDIUM(1, 512),
  LARGE(1, 1024);

  private final int layers;
  private final int hiddenSize;

  Preset(int layers, int hiddenSize) {
    this.layers = layers;
    this.hiddenSize = hiddenSize;
  }

  public int layers() {
    return layers;
  }

  public int hiddenSize() {
    return hiddenSize;
  }

  /** Returns the name as it is called on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
