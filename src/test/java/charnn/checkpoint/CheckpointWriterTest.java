package charnn.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import charnn.model.Model;
import charnn.model.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointWriterTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Model MODEL = Models.random("abc", 2, 1);

  @TempDir private Path folder;

  @Test
  void anInterruptOfItsThreadLosesNothing() {
    Path file = folder.resolve("best.zip");
    assertTimeoutPreemptively(
        LONG,
        () -> {
          try (CheckpointWriter writer = new CheckpointWriter(new ConcurrentLinkedQueue<>())) {
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("charnn-checkpoints"))
                .forEach(Thread::interrupt);
            writer.write(file, MODEL, null, null);
            writer.flush();
          }
        });
    assertThat(file).isRegularFile();
  }

  @Test
  void anInterruptOfWhoWaitsLosesNothing() {
    Path file = folder.resolve("best.zip");
    assertTimeoutPreemptively(
        LONG,
        () -> {
          try (CheckpointWriter writer = new CheckpointWriter(new ConcurrentLinkedQueue<>())) {
            writer.write(file, MODEL, null, null);
            Thread.currentThread().interrupt();
          }
          assertThat(Thread.interrupted()).isTrue();
        });
    assertThat(file).isRegularFile();
  }

  @Test
  void aWarningThatFindsNoMemoryLosesNothing() throws IOException {
    Path blocked = folder.resolve("last.zip");
    Files.createFile(Files.createDirectory(folder.resolve("last.zip.tmp")).resolve("file"));
    Queue<String> full =
        new ConcurrentLinkedQueue<>() {
          private static final long serialVersionUID = 1;

          @Override
          public boolean add(String warning) {
            throw new OutOfMemoryError("no room for a warning");
          }
        };
    assertTimeoutPreemptively(
        LONG,
        () -> {
          try (CheckpointWriter writer = new CheckpointWriter(full)) {
            writer.write(blocked, MODEL, null, null);
            assertThatThrownBy(writer::flush)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a folder stands in its place");
            writer.write(folder.resolve("best.zip"), MODEL, null, null);
            writer.flush(folder.resolve("best.zip"));
          }
        });
    assertThat(ModelFile.read(folder.resolve("best.zip")).vocabulary().size()).isEqualTo(3);
  }
}
