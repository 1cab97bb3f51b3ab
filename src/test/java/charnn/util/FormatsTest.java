package charnn.util;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FormatsTest {
  @Test
  void numbersAreWrittenAsPeopleWriteThem() {
    assertThat(Formats.number(2)).isEqualTo("2");
    assertThat(Formats.number(0.014)).isEqualTo("0.014");
    assertThat(Formats.number(1e-9)).isEqualTo("1e-9");
    assertThat(Formats.number(2.5e-5)).isEqualTo("2.5e-5");
    assertThat(Formats.number(1e12)).isEqualTo("1e12");
  }

  @Test
  void aReasonIsNeverMissing() {
    assertThat(Formats.reason(new IOException("disk on fire"))).isEqualTo("disk on fire");
    assertThat(Formats.reason(new ClosedByInterruptException()))
        .isEqualTo("ClosedByInterruptException");
    assertThat(Formats.reason(new EOFException())).isEqualTo("EOFException");
    assertThat(Formats.reason(new FileSystemException("file", null, "full"))).isEqualTo("full");
    assertThat(Formats.reason(new FileSystemException("file"))).isEqualTo("FileSystemException");
    assertThat(Formats.reason(new AccessDeniedException("file"))).isEqualTo("no permission");
    assertThat(Formats.reason(new NoSuchFileException("file"))).isEqualTo("it does not exist");
  }
}
