package charnn;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * No source makes the compiler warn. The compiler's own -Werror cannot be used: on JDK 17 it also
 * counts two notes that cannot be switched off: that the Vector API is incubating, and that signals
 * are an API of the JDK's own.
 */
class CompilerWarningsTest {
  @Test
  void nothingIsWarnedAbout() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (Stream<Path> main = Files.walk(Path.of("src/main/java"));
        Stream<Path> test = Files.walk(Path.of("src/test/java"));
        StandardJavaFileManager files =
            compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8)) {
      List<Path> sources =
          Stream.concat(main, test).filter(file -> file.toString().endsWith(".java")).toList();
      List<String> options =
          List.of(
              "-Xlint:all,-serial,-processing,-classfile,-path",
              "-proc:none",
              "-Xmaxwarns",
              "1000",
              "--release",
              "17",
              "--add-modules",
              "jdk.incubator.vector",
              "-classpath",
              System.getProperty("java.class.path"));
      // Warnings come from the analysis; no classes are generated.
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, found, options, null, files.getJavaFileObjectsFromPaths(sources));
      task.analyze();
    }
    assertThat(found.getDiagnostics())
        .filteredOn(
            diagnostic ->
                diagnostic.getKind() != Diagnostic.Kind.NOTE
                    && !diagnostic.getCode().contains("incubating")
                    && !diagnostic.getCode().contains("sun.proprietary"))
        .extracting(diagnostic -> diagnostic.toString())
        .isEmpty();
  }
}
