/**
 * Large corpora on disk: their characters as ids of one or two bytes, which are mapped into memory
 * and need no heap.
 */
package charnn.data.cache;
