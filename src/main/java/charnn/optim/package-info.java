/** One training step: gradient, clipping by global norm, weight drop, Adam. */
package charnn.optim;
