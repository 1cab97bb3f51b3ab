package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchFilesTest {
  @TempDir private Path target;

  @BeforeEach
  void aBuild() throws IOException {
    Files.writeString(target.resolve("charnn.jar"), "first");
    String libraries =
        String.join(
            File.pathSeparator,
            "a b.jar",
            "commons-compress-1.jar",
            "jsoup.jar",
            "netty-1.jar",
            "org/deeplearning4j/c.jar",
            "d.jar");
    Files.writeString(target.resolve("classpath"), libraries);
    LaunchFiles.main(new String[] {target.toString()});
  }

  private Path launch(String name) {
    return target.resolve("launch").resolve(name);
  }

  private List<Path> jars() throws IOException {
    try (Stream<Path> files = Files.list(target.resolve("launch"))) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
  }

  @Test
  void everyCommandHasItsOptions() throws IOException {
    for (String command : Cli.jvms().keySet()) {
      assertThat(Files.readString(launch(command + ".options")))
          .startsWith("# ")
          .contains("\n-cp\n\"")
          .endsWith(File.pathSeparator + last(command) + "\"\n");
    }
    assertThat(Files.readString(launch("train.options"))).contains("CompileThresholdScaling");
    assertThat(Files.readString(launch("sample.options")))
        .contains(" text WARNING: Using incubator modules: jdk.incubator.vector\n")
        .doesNotContain("CompileThresholdScaling");
    assertThat(Files.readString(launch("sample-batch.options")))
        .contains(" text WARNING: Using incubator modules: jdk.incubator.vector\n")
        .contains("CompileThresholdScaling,charnn.engine.simd.gemm.Gemm::*");
    assertThat(Files.readString(launch("help.options"))).contains(" quick\n");
    assertThat(Files.readString(launch("readers.options"))).endsWith("jsoup.jar\"\n");
    assertThat(Files.readString(launch("dl4j.options"))).endsWith("d.jar\"\n");
    assertThat(launch("built")).hasContent("a b.jar");
  }

  private static String last(String command) {
    return switch (command) {
      case "lab", "report" -> "d.jar";
      case "serve" -> "netty-1.jar";
      default -> "a b.jar";
    };
  }

  @Test
  void aJarIsNeverWrittenAgain() throws IOException {
    Path first = jars().get(0);
    Object inode =
        Files.readAttributes(first, java.nio.file.attribute.BasicFileAttributes.class).fileKey();
    Files.writeString(target.resolve("charnn.jar"), "second");
    LaunchFiles.main(new String[] {target.toString()});
    LaunchFiles.main(new String[] {target.toString()});
    assertThat(jars()).hasSize(2).contains(first);
    assertThat(first).hasContent("first");
    assertThat(
            Files.readAttributes(first, java.nio.file.attribute.BasicFileAttributes.class)
                .fileKey())
        .isEqualTo(inode);
    assertThat(Files.readString(launch("train.options"))).doesNotContain(first.toString());
  }

  @Test
  void whatIsOldAndOfAnotherBuildIsRemoved() throws IOException {
    Path first = jars().get(0);
    Files.setLastModifiedTime(first, FileTime.from(Instant.now().minus(Duration.ofDays(30))));
    Files.writeString(launch("gone.options"), "#");
    LaunchFiles.main(new String[] {target.toString()});
    assertThat(jars()).containsExactly(first);
    assertThat(launch("gone.options")).doesNotExist();
    Files.writeString(target.resolve("charnn.jar"), "second");
    LaunchFiles.main(new String[] {target.toString()});
    assertThat(jars()).hasSize(1).doesNotContain(first);
  }
}
