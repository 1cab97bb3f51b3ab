/**
 * How well a model predicts a text: loss, bits per character, accuracy; an n-gram model to compare
 * with; and how much of a text is copied from a book.
 */
package charnn.eval;
