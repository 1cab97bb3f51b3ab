/** Language models: the probabilities of the next character, whatever computes them. */
package charnn.predict;
