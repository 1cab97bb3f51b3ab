/** What the process is connected to: standard streams, the terminal, signals, the exit code. */
package charnn.cli.console;
