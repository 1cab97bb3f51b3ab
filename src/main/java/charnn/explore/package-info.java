/**
 * What the cells of a network do while it reads a text: recorded, ranked by what they know of the
 * text, and how far back predictions depend. Nothing here shows anything; pages are made above.
 */
package charnn.explore;
