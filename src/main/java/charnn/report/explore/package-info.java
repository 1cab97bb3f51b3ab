/** A page on what the cells of a model know. */
package charnn.report.explore;
