/**
 * Vector sizes of this machine, and functions of vectors: tanh, sigmoid, exp, softmax, dropout
 * masks.
 */
package charnn.engine.simd.math;
