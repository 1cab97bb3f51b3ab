/** Text generation: the prompt, decoding (sampling) and the generation loop. */
package charnn.generate;
