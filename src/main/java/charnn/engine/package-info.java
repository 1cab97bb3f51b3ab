/**
 * Computing with a {@link charnn.nn.Network}: the {@link charnn.engine.TrainingPass} and the {@link
 * charnn.engine.InferencePass}, behind one {@link charnn.engine.Engine} interface. The engines
 * themselves are in the packages below this one.
 *
 * <p>One notation everywhere: B batch rows, T time steps, H hidden units, V vocabulary size, 4H
 * gate columns, in the order candidate g, forget f, output o, input i. An array's comment states
 * its shape; {@code [T x B x H]} is row-major: the last index runs fastest.
 *
 * <p>The network (Hochreiter and Schmidhuber, "Long short-term memory", 1997; forget gate of Gers
 * et al., 2000; no peepholes):
 *
 * <pre>
 *   z = x W + h R + b        c' = sigmoid(f) c + sigmoid(i) tanh(g)        h' = sigmoid(o) tanh(c')
 * </pre>
 */
package charnn.engine;
