/**
 * GEMM and GEMV of matrices in packed panels: the micro-kernels, what cuts a product for them, and
 * the machine's peak throughput.
 */
package charnn.engine.simd.gemm;
