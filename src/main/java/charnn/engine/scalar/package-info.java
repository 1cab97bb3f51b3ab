/**
 * The engine of plain loops: the readable reference for the faster ones, and the one that runs on
 * any Java.
 */
package charnn.engine.scalar;
