/** Filling of gaps in a text by a model that reads forwards and one that reads backwards. */
package charnn.fill;
