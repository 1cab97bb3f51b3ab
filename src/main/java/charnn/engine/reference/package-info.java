/** The engine in plain loops: the readable reference, which runs everywhere. */
package charnn.engine.reference;
