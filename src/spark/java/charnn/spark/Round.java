package charnn.spark;

import java.io.Serializable;

/**
 * What all replicas do in a round.
 *
 * @param parameters common to all before the round
 * @param first number of the first step, from 0
 * @param rates learning rate of each step
 */
record Round(float[] parameters, long first, double[] rates) implements Serializable {}
