/**
 * The training run: the loop with its evaluations, checkpoints and rollbacks, and the diagnosis of
 * how it went.
 */
package charnn.train;
