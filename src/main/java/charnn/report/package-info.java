/** Output for users: progress, metrics.csv, samples.txt, train.log, tables, JSON, terminal text. */
package charnn.report;
