package charnn;

import charnn.cli.Jvm;
import java.io.File;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Runs the usual commands on a tiny network. The launcher records the loaded classes for the class
 * archive.
 */
public final class Rehearsal {
  private Rehearsal() {}

  /**
   * @param args the name of a {@link Jvm}, and a folder for the network
   */
  public static void main(String[] args) {
    File corpus = new File(System.getProperty("charnn.home", ""), "corpora/tales.txt");
    Jvm jvm = Jvm.valueOf(args[0].toUpperCase(java.util.Locale.ROOT));
    for (List<String> command : jvm.rehearsal(new File(args[1]), corpus)) {
      OutputStream nowhere = OutputStream.nullOutputStream();
      Main.run(
          command.toArray(String[]::new),
          InputStream.nullInputStream(),
          nowhere,
          new PrintStream(nowhere, false, StandardCharsets.UTF_8));
    }
  }
}
