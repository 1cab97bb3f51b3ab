/**
 * The fast engine, on the Vector API: the default.
 *
 * <p>GEMM follows BLIS: packed panels, K blocks, register micro-kernels of MR x NR, where NR is two
 * vectors. A batch is partitioned in row blocks of {@value charnn.engine.simd.gemm.Simd#ROW_BLOCK}
 * rows (MR of the largest micro-kernel), and padded with rows that have no loss. All widths are
 * padded to whole panels: Hp and Vp. Padding weights are zero, so padding units stay zero. The
 * file's parameters have no padding.
 *
 * <p>Activations are in packed panels, as the weights are: for each panel of columns, all rows of a
 * row block, of all time steps, are contiguous. So every GEMM reads and writes memory sequentially,
 * and hidden states are operands of the weight gradients without a copy. The arrays begin at {@link
 * charnn.engine.simd.gemm.Simd#BASE}.
 *
 * <p>A step is parallelised twice. First over batch rows: each thread runs its row blocks through
 * all time steps, forward and backward, without a barrier. (The forward pass of large layers, and
 * both passes of batches with fewer row blocks than threads and panels, are parallelised over
 * hidden units instead, with a barrier after every time step.) Then over column chunks of the
 * weight gradients: one thread at a time adds to a chunk, row block after row block in their order.
 * So the order of summation is the same for any number of threads.
 */
package charnn.engine.simd;
