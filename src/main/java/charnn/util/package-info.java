/**
 * What every other package may use: how settings are called and what values they may have, and how
 * errors name them without knowing the command line.
 */
package charnn.util;
