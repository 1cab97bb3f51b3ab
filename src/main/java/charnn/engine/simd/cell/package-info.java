/** The pointwise arithmetic of recurrent cells: one file a cell. */
package charnn.engine.simd.cell;
