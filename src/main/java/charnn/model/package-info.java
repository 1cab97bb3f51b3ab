/**
 * What a trained model is: the network with its vocabulary, the hyperparameters and the progress of
 * its training, and where it comes from.
 */
package charnn.model;
