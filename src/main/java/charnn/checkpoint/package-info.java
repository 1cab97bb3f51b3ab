/**
 * How models are stored: the model file, which is an ordinary DL4J model, its bounded reader, the
 * run directory with its lock, and the writer that saves beside the training. Nothing here starts
 * ND4J.
 */
package charnn.checkpoint;
