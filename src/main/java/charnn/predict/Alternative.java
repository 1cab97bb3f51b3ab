package charnn.predict;

/**
 * A character that may stand at a place of a text.
 *
 * @param character one code point
 * @param probability 0 to 1
 */
public record Alternative(String character, double probability) {}
