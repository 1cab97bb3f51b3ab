/** How well a model predicts a text: nats and bits per character, accuracy. */
package charnn.score;
