/** The engines to choose from. The only package that knows all of them. */
package charnn.engine.registry;
