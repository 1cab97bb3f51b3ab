package charnn.report;

/** The colours that an output can show. */
public enum Colours {
  /** None: it is no terminal, or its user wants none. */
  NONE,
  /** The eight of every colour terminal, and their bright forms. */
  SIXTEEN,
  /** xterm's palette. */
  PALETTE,
  /** Any, of 24 bits. */
  TRUE
}
