/**
 * The writing desk: a text, the next words that a model proposes for it, and a screen of both in a
 * terminal. {@link charnn.desk.Document} and {@link charnn.desk.Proposer} know no terminal.
 */
package charnn.desk;
