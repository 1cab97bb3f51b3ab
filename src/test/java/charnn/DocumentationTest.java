package charnn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The classes and files that the documentation names exist. */
class DocumentationTest {
  private static final Pattern CLASS =
      Pattern.compile("`(?:[a-z0-9]+\\.)*([A-Z][a-z]\\w*)(?:\\.\\w+)?(?:\\(\\))?`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

  /** Names of Java, its options, Linux and DL4J. */
  private static final Set<String> FOREIGN =
      Set.of(
          "BackgroundCompilation",
          "CompileThresholdScaling",
          "IllegalArgumentException",
          "Math",
          "ModuleBootstrap",
          "MultiLayerNetwork",
          "PerMethodTrapLimit",
          "VmHWM");

  @Test
  void namedClassesExist() throws IOException {
    Set<String> classes =
        files("src", ".java")
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .collect(Collectors.toSet());
    for (Path document : documents()) {
      assertThat(matches(CLASS, document))
          .as(document.toString())
          .allMatch(name -> classes.contains(name) || FOREIGN.contains(name));
    }
  }

  @Test
  void linkedFilesExist() throws IOException {
    for (Path document : documents()) {
      assertThat(matches(LINK, document))
          .as(document.toString())
          .allMatch(link -> Files.exists(document.resolveSibling(link)));
    }
  }

  private static List<Path> documents() throws IOException {
    return Stream.concat(
            files("docs", ".md"),
            Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md").map(Path::of))
        .toList();
  }

  private static Stream<Path> files(String folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      return files.filter(file -> file.toString().endsWith(ending)).toList().stream();
    }
  }

  private static List<String> matches(Pattern pattern, Path document) throws IOException {
    return pattern
        .matcher(Files.readString(document))
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }
}
