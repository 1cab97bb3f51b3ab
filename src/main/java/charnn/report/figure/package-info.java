/** Figures for papers: charts of XChart and drawings, as PNG and SVG. */
package charnn.report.figure;
