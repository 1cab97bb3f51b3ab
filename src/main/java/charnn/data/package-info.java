/**
 * What a character is, and how text becomes numbers: decoding, Project Gutenberg's boilerplate, the
 * vocabulary, the corpus with its split into training and validation set, and batches. Knows
 * nothing of networks.
 *
 * <p>A character is a Unicode code point. Its <em>token id</em> is its index in the {@link
 * charnn.data.Vocabulary}.
 */
package charnn.data;
