/**
 * The command line: each command translates its options into a validated record, calls one service
 * and maps the outcome to an exit code.
 */
package charnn.cli;
