/** Writing text with a model: the prompt, the choice of the next character, the loop. */
package charnn.generate;
