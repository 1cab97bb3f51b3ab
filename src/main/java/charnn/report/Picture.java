package charnn.report;

import java.util.List;

/** What a terminal shows above its status, drawn anew with it. */
@FunctionalInterface
public interface Picture {
  /**
   * Returns its lines, which may have colours; none if there is too little room.
   *
   * @param columns of the terminal
   * @param rows of the terminal
   */
  List<String> lines(int columns, int rows);
}
