package charnn.fill;

import charnn.predict.TextState;

/**
 * An edge of a gap, of the model that reads up to it.
 *
 * @param state after all of that side
 * @param logits of the gap's first token, in the order of reading [V]
 * @param near the last tokens read, the one beside the gap first; at least one
 */
record Edge(TextState state, float[] logits, int[] near) {}
