package charnn.engine.simd;

import charnn.engine.simd.gemm.MatrixView;
import charnn.engine.simd.gemm.PackedMatrix;
import charnn.engine.simd.gemm.PackedPanels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Some panels of a layer's hidden units, and which columns of z are theirs: those panels of each
 * gate.
 *
 * @param panels P, of all units
 * @param first panel, until last
 */
record Units(int panels, int first, int last) {
  /**
   * Returns the products of each stage of a time step, so that they begin every column of z once.
   *
   * @param hidden view of h
   * @param intermediate view of m; null if the cell is not multiplicative
   */
  Product[][] products(
      int layer, PackedWeights weights, MatrixView hidden, MatrixView intermediate) {
    List<Product> first = new ArrayList<>();
    List<Product> second = new ArrayList<>();
    PackedWeight w = weights.input[layer]; // z has x W + b before; not in the first layer
    PackedWeight r = weights.recurrent[layer];
    PackedWeight m = weights.intermediate[layer];
    // Columns that no product begins are copied: by one without rows.
    PackedMatrix empty = new PackedMatrix(0, weights.columns[layer].panels());
    for (int gate = 0; gate < weights.columns[layer].groups(); gate++) {
      int panel = gate * panels;
      if (!has(w, panel) && !has(r, panel) && !has(m, panel)) {
        add(first, hidden, empty, panel, panel + panels, true);
      }
    }
    if (m != null) {
      addAll(first, hidden, m, w);
      addAll(second, intermediate, r, w);
      return new Product[][] {first.toArray(Product[]::new), second.toArray(Product[]::new)};
    }
    addAll(first, hidden, r, w);
    return new Product[][] {first.toArray(Product[]::new)};
  }

  private static boolean has(PackedWeight weight, int panel) {
    return weight != null
        && panel >= weight.firstPanel
        && panel < weight.firstPanel + weight.panels();
  }

  private void addAll(
      List<Product> products, MatrixView state, PackedWeight weight, PackedWeight input) {
    int begun = input == null ? 0 : input.firstPanel;
    int end = input == null ? 0 : begun + input.panels();
    add(products, state, weight.matrix, 0, begun, true);
    add(products, state, weight.matrix, begun, end, false);
    add(products, state, weight.matrix, end, Integer.MAX_VALUE, true);
  }

  private void add(
      List<Product> products,
      MatrixView state,
      PackedMatrix matrix,
      int from,
      int to,
      boolean begins) {
    for (PackedPanels panels : of(matrix, from, to)) {
      products.add(new Product(state, panels, begins));
    }
  }

  /** Returns the units' panels of a matrix that are from one on until another. */
  PackedPanels[] of(PackedMatrix matrix, int from, int to) {
    PackedPanels all = matrix.intersection(from, to);
    if (all.count() == 0 || last - first == panels) {
      return all.count() == 0 ? new PackedPanels[0] : new PackedPanels[] {all};
    }
    PackedPanels[] ofGates = new PackedPanels[all.count() / panels];
    Arrays.setAll(ofGates, i -> matrix.panels(all.first() + i * panels + first, last - first));
    return ofGates;
  }
}
