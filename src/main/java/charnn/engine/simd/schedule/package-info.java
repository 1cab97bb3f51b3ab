/**
 * Who computes what, and when: a training step's order over batch rows or over hidden units. What a
 * layer computes is not known here.
 */
package charnn.engine.simd.schedule;
