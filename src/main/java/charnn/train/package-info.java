/**
 * Learning: the training loop, the optimizer, the learning rate's schedule, the time budget and
 * when to save.
 */
package charnn.train;
