package charnn;

import charnn.cli.Cli;

/** Where the program starts and ends. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(Cli.run(args, System.in, System.out, System.err));
  }
}
