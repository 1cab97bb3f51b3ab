package charnn.proofread;

/**
 * What is found in a text.
 *
 * @param kind of the error; null of a character that the models do not know
 * @param from offset in the text of the characters in question
 * @param to their end; of a missing character the same offset
 * @param likelier what belongs there; null if nothing is likelier than an unknown character
 * @param bits that the text becomes more probable by
 * @param occurrences of the same in the text: of an unknown character without a likelier reading,
 *     this is the first
 */
public record Finding(
    ErrorKind kind, int from, int to, String likelier, double bits, int occurrences) {}
