package charnn.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class MessagesTest {
  @Test
  void aReasonIsNeverMissing() {
    assertThat(Messages.reason(new IOException("disk on fire"))).isEqualTo("disk on fire");
    assertThat(Messages.reason(new ClosedByInterruptException()))
        .isEqualTo("ClosedByInterruptException");
    assertThat(Messages.reason(new EOFException())).isEqualTo("EOFException");
    assertThat(Messages.reason(new FileSystemException("file", null, "full"))).isEqualTo("full");
    assertThat(Messages.reason(new FileSystemException("file"))).isEqualTo("FileSystemException");
    assertThat(Messages.reason(new AccessDeniedException("file"))).isEqualTo("no permission");
    assertThat(Messages.reason(new NoSuchFileException("file"))).isEqualTo("it does not exist");
  }
}
