package charnn.data;

/** Whether white space counts where texts are compared. */
public enum Spacing {
  /** A run of white space is one space, and there is none at either end. */
  FOLDED,

  /** Every character counts. */
  KEPT
}
