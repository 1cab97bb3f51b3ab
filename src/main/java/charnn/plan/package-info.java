/**
 * What is decided before and while training: the network and hyperparameters that fit a text and a
 * time, memory, speed, the time budget, and a forecast of the loss.
 */
package charnn.plan;
