/** What people look at: the progress line, metrics.csv, samples.txt, tables, text on a terminal. */
package charnn.report;
