package charnn.nn;

/**
 * The shape of one layer: the matrices W [inputSize x columns] and R [recurrentInputs x columns]
 * and the bias b [columns].
 */
public sealed interface LayerSpec {
  /** Returns nIn, the rows of W. */
  int inputSize();

  /** Returns the rows of R: H, or 0 in a layer that is not recurrent. */
  int recurrentInputs();

  /** Returns the columns of W, R and b. */
  int columns();

  /** Returns the size of the layer's output. */
  int outputSize();

  default int parameterCount() {
    return (inputSize() + recurrentInputs() + 1) * columns();
  }

  /**
   * A layer of recurrent cells. Its columns are the gate blocks of the cell, H each.
   *
   * @param cell the kind of cell
   * @param inputSize nIn: V for the first layer, else H
   * @param units H
   */
  record Recurrent(CellType cell, int inputSize, int units) implements LayerSpec {
    @Override
    public int recurrentInputs() {
      return units;
    }

    @Override
    public int columns() {
      return cell.gates() * units;
    }

    @Override
    public int outputSize() {
      return units;
    }
  }

  /**
   * The softmax layer over the vocabulary.
   *
   * @param inputSize H
   * @param vocabularySize V
   */
  record Output(int inputSize, int vocabularySize) implements LayerSpec {
    @Override
    public int recurrentInputs() {
      return 0;
    }

    @Override
    public int columns() {
      return vocabularySize;
    }

    @Override
    public int outputSize() {
      return vocabularySize;
    }
  }
}
