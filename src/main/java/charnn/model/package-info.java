/**
 * What a trained model is and how it is stored: the architecture, the flat parameter vector in
 * DL4J's order, the settings and progress of its training, the model file and the run directory.
 * Nothing here starts ND4J.
 */
package charnn.model;
