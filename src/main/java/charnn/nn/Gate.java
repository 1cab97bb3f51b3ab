package charnn.nn;

import java.util.Locale;

/** What a gate block of a cell is, in the field's words. */
public enum Gate {
  /** What may be added to the memory, -1 to 1. */
  CANDIDATE,
  /** How much of the memory is kept. */
  FORGET,
  /** How much of the memory is shown. */
  OUTPUT,
  /** How much of the candidate is added. */
  INPUT,
  /** How much of the past the candidate sees. */
  RESET,
  /** How much of the memory is kept, and not replaced by the candidate. */
  UPDATE,
  /** What the past gives the candidate, before the reset gate. */
  RECURRENT_CANDIDATE,
  /** What the past gives the intermediate state of a multiplicative cell. */
  INTERMEDIATE_OF_STATE,
  /** What the input gives it. */
  INTERMEDIATE_OF_INPUT,
  /** 1 / period of a time gate. */
  FREQUENCY,
  /** How far a time gate is in its period. */
  PHASE,
  /** The part of its period in which a time gate is open. */
  OPEN_RATIO;

  /** Returns whether it is a gate in the narrow sense: a factor from 0, closed, to 1, open. */
  public boolean isFactor() {
    return switch (this) {
      case FORGET, OUTPUT, INPUT, RESET, UPDATE -> true;
      default -> false;
    };
  }

  /** Returns the gate as a text calls it, such as "forget". */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
