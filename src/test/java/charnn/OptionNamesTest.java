package charnn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Only the command line knows what its options are called. */
class OptionNamesTest {
  private static final Path SOURCES = Path.of("src/main/java/charnn");
  private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final Pattern OPTION = Pattern.compile("--(?!add-modules)[a-z]"); // Java's own

  @Test
  void noLiteralBelowTheCommandLineNamesAnOption() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<String> naming =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.startsWith(SOURCES.resolve("cli")))
              .flatMap(OptionNamesTest::naming)
              .toList();
      assertThat(naming).isEmpty();
    }
  }

  private static Stream<String> naming(Path file) {
    try {
      return LITERAL
          .matcher(Files.readString(file))
          .results()
          .map(MatchResult::group)
          .filter(literal -> OPTION.matcher(literal).find())
          .map(literal -> file.getFileName() + ": " + literal);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
