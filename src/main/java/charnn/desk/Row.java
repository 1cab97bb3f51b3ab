package charnn.desk;

/**
 * A row of a wrapped text: the part from one offset to another.
 *
 * @param end after its last character; a line end is not a part of it
 * @param last whether it is the last row of its line
 */
record Row(int start, int end, boolean last) {}
