/**
 * The fast engine, on the Vector API: the default.
 *
 * <p>Rows of a batch come in groups of {@value charnn.engine.simd.Simd#GROUP}, the height of the
 * matrix product's register tile; a batch of another size is padded with rows that have no loss.
 * All widths are padded to whole panels of two vectors: Hp and Vp. Padded weights are zero, so that
 * padded units stay zero. The file's parameters know nothing of either padding.
 *
 * <p>What a layer computes lies in panels, as the weights do: for each panel of columns all places
 * of a group, one below the other. So every product reads and writes memory in its order, and
 * hidden states serve the weight gradients as they are. The arrays begin at {@link
 * charnn.engine.simd.Simd#ORIGIN}.
 *
 * <p>Threads share a step twice. First they split the groups: each takes its groups through all
 * time steps, forward and backward, without waiting for another. (Forward through large layers, and
 * both ways in batches of fewer groups than threads and panels, they share units instead, and wait
 * for one another after every time step.) Then they share the columns of the weight gradients: a
 * share is added to by one thread at a time, group after group in their order. So every sum is made
 * in the same order for any number of threads.
 */
package charnn.engine.simd;
