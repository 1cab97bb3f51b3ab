package charnn;

import charnn.cli.Cli;
import java.io.FileDescriptor;
import java.io.FileOutputStream;

/** Where the program starts and ends. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(Cli.run(args, System.in, new FileOutputStream(FileDescriptor.out), System.err));
  }
}
