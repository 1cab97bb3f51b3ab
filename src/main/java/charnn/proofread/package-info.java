/** Finds probable errors of a text by two models: one of what is before, one of what follows. */
package charnn.proofread;
