/**
 * The network as data: its specification, where its parameters lie in one flat vector in DL4J's
 * order, its recurrent state, and the loss and accuracy of its predictions. Nothing here computes.
 *
 * <p>One notation everywhere: B batch rows, T time steps, H hidden units, V vocabulary size.
 */
package charnn.nn;
