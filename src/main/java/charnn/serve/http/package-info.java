/** HTTP: connections with their limits, requests and answers. The only package that knows Netty. */
package charnn.serve.http;
