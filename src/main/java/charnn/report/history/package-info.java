/**
 * How runs were trained: read from their folders, shown as a page, as figures for papers and as a
 * table of numbers.
 */
package charnn.report.history;
