/** Rules that a generated text is held to, beyond the choice of each character. */
package charnn.generate.constraint;
