/**
 * What every package needs and no library has: random streams, formats, durations, atomic files,
 * the thread team, errors of settings. Knows nothing of texts or networks.
 */
package charnn.util;
