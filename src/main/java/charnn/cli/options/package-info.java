/** What the commands' options share: groups of options, converters of values, names of settings. */
package charnn.cli.options;
