package charnn.cli.options;

import charnn.cli.console.Console;
import charnn.data.DecodingSettings;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A prompt from a file or standard input. */
public final class PromptFile {
  @Option(
      names = "--prompt-file",
      paramLabel = "FILE",
      preprocessor = AttachedValue.class,
      converter = PathConverter.class,
      description = "Read the prompt from a file, without its last newline.")
  private Path file;

  @Mixin private DecodingOptions decoding;

  public boolean isGiven() {
    return file != null;
  }

  /** Returns how other files are read. */
  public DecodingSettings decoding() {
    return decoding.settings(false);
  }

  /** Checks that nothing is asked of decoding, where no bytes are read. */
  public void requireNoDecoding() {
    if (decoding.isGiven()) {
      throw new UsageException(
          "--encoding and --bad-bytes are for a prompt that is read, as by --prompt-file, and for --corpus; omit them");
    }
  }

  /** Reads the file, and prints notes on its encoding. */
  public String read(Console console) throws IOException {
    return withoutLastNewline(decoding.readFile(file, console));
  }

  /** Reads standard input, and prints notes on its encoding. */
  public String readStandardInput(Console console) throws IOException {
    return withoutLastNewline(decoding.readStandardInput(console));
  }

  private static String withoutLastNewline(String text) {
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
