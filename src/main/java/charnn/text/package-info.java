/**
 * What a character is, and how text becomes numbers: decoding, Project Gutenberg's boilerplate, the
 * alphabet, the corpus with its split, and the windows that training reads. Knows nothing of
 * networks.
 *
 * <p>A character is a Unicode code point. Its <em>index</em> is its place in the {@link
 * charnn.text.Alphabet}.
 */
package charnn.text;
