/**
 * Texts from the web: addresses, downloads that are resumed and verified, and the cache in which
 * they are kept.
 */
package charnn.data.web;
