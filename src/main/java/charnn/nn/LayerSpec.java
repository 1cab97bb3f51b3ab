package charnn.nn;

/**
 * The shape of one layer: the matrices W [inputSize x inputColumns] and R [recurrentInputs x
 * recurrentColumns] and the bias b [biasColumns]. Of the pre-activations z [columns], each reaches
 * some.
 */
public sealed interface LayerSpec {
  /** Returns nIn, the rows of W. */
  int inputSize();

  /** Returns the rows of R: H, or 0 in a layer that is not recurrent. */
  int recurrentInputs();

  /** Returns the columns of the pre-activations z. */
  int columns();

  /** Returns the column of z that the first of W is added to. */
  default int firstInputColumn() {
    return 0;
  }

  /** Returns the column of z that the first of R is added to. */
  default int firstRecurrentColumn() {
    return 0;
  }

  /** Returns the column of z that the first of b is added to. */
  default int firstBiasColumn() {
    return 0;
  }

  /** Returns the columns of W. */
  default int inputColumns() {
    return columns();
  }

  /** Returns the columns of R. */
  default int recurrentColumns() {
    return columns();
  }

  /** Returns the length of b. */
  default int biasColumns() {
    return columns();
  }

  /** Returns the size of the layer's output. */
  int outputSize();

  default int parameterCount() {
    return inputSize() * inputColumns() + recurrentInputs() * recurrentColumns() + biasColumns();
  }

  /**
   * A layer of recurrent cells. Its columns are the gate blocks of the cell, H each; W, R and b
   * reach those that the cell type says.
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
    public int firstInputColumn() {
      return cell.input().first() * units;
    }

    @Override
    public int firstRecurrentColumn() {
      return cell.recurrent().first() * units;
    }

    @Override
    public int firstBiasColumn() {
      return cell.bias().first() * units;
    }

    @Override
    public int inputColumns() {
      return cell.input().count() * units;
    }

    @Override
    public int recurrentColumns() {
      return cell.recurrent().count() * units;
    }

    @Override
    public int biasColumns() {
      return cell.bias().count() * units;
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
