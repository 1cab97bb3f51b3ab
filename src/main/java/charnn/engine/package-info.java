/**
 * Computing with a {@link charnn.nn.Network}: the {@link charnn.engine.TrainingPass} and the {@link
 * charnn.engine.InferencePass}, behind one {@link charnn.engine.Engine} interface. The engines
 * themselves are in the packages below this one.
 *
 * <p>One notation everywhere: B batch rows, T time steps, H hidden units, V vocabulary size, G
 * gates and S state vectors of a cell. An array's comment states its shape; {@code [T x B x H]} is
 * row-major: the last index runs fastest.
 *
 * <p>A recurrent layer does z = x W + h R + b [G H], then its cell, unit by unit: {@code
 * charnn.engine.reference} has the formulas of each.
 */
package charnn.engine;
