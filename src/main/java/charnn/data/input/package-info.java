/**
 * What a corpus is read from: files, folders, archives, compressed files, documents and standard
 * input. The libraries that unpack are used here alone, and none is loaded for plain files.
 */
package charnn.data.input;
