package charnn.data.web;

import java.time.Duration;

/**
 * How long and how often a fetch tries.
 *
 * @param connect longest time for a connection
 * @param stall longest time in which nothing comes
 * @param attempts in a row that bring nothing new, after which a server is given up
 * @param backOff time before the second attempt; it doubles with each
 * @param mostWait longest time to wait where a server asks for it
 * @param pause between two requests to a host
 * @param mostBytes of a file
 * @param redirects to follow
 */
public record FetchSettings(
    Duration connect,
    Duration stall,
    int attempts,
    Duration backOff,
    Duration mostWait,
    Duration pause,
    long mostBytes,
    int redirects) {
  public static final FetchSettings USUAL =
      new FetchSettings(
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          5,
          Duration.ofSeconds(1),
          Duration.ofMinutes(2),
          Duration.ofSeconds(1),
          4L << 30,
          10);
}
