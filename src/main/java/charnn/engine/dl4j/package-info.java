/**
 * Stock DL4J as an engine. The only package that may import DL4J or ND4J; loading it starts ND4J,
 * which takes seconds.
 */
package charnn.engine.dl4j;
