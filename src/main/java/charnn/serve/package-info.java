/**
 * The HTTP interface and the page: requests to complete, score and fill texts, in OpenAI's form. A
 * file for each kind of request, all listed in {@link charnn.serve.Api}. {@link
 * charnn.serve.BatchThread} computes the texts of all of them together.
 */
package charnn.serve;
