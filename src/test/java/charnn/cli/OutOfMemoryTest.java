package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutOfMemoryTest {
  @Test
  void isSeenBehindWhatItCaused() {
    OutOfMemoryError error = new OutOfMemoryError("Java heap space");
    assertThat(OutOfMemory.isCauseOf(error)).isTrue();
    assertThat(OutOfMemory.isCauseOf(new ExceptionInInitializerError(error))).isTrue();
    assertThat(OutOfMemory.isCauseOf(new IllegalStateException(new RuntimeException(error))))
        .isTrue();
    // So Java says it of a class that is used again.
    Throwable again = new NoClassDefFoundError("Could not initialize class charnn.Some");
    again.initCause(
        new ExceptionInInitializerError(
            "Exception java.lang.OutOfMemoryError: Java heap space [in thread \"main\"]"));
    assertThat(OutOfMemory.isCauseOf(again)).isTrue();
  }

  @Test
  void otherFailuresAreOthers() {
    assertThat(OutOfMemory.isCauseOf(new IllegalStateException())).isFalse();
    assertThat(OutOfMemory.isCauseOf(new StackOverflowError("deep"))).isFalse();
  }

  @Test
  void isOneLine() {
    assertThat(new String(OutOfMemory.line(), StandardCharsets.US_ASCII))
        .startsWith("charnn: out of memory")
        .hasLineCount(1);
  }
}
