/** The pointwise arithmetic of recurrent cells. */
package charnn.engine.simd.cell;
