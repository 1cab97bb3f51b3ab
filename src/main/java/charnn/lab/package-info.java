/**
 * The laboratory: the experiments of a course on recurrent networks, one file each. An experiment
 * is an {@link charnn.lab.Experiment} and a line in {@link charnn.lab.Experiments}. Networks that
 * read or write characters run on charnn's engine; everything else is built on DL4J's layers, ND4J
 * and SameDiff. Only the command line imports this package.
 */
package charnn.lab;
