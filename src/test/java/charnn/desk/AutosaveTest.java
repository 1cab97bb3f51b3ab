package charnn.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AutosaveTest {
  private final Document document = new Document("");
  private final List<String> saved = new ArrayList<>();
  private Throwable error; // thrown instead of saving; null: none
  private int told;
  private boolean isTouched;
  private boolean isIntact = true;
  private final Autosave autosave = new Autosave(document, new Failing(), news -> told++);

  private final class Failing implements Store {
    @Override
    public Path file() {
      return Path.of("story.txt");
    }

    @Override
    public boolean hasFile() {
      return !saved.isEmpty();
    }

    @Override
    public boolean isTouched() {
      return isTouched;
    }

    @Override
    public boolean isIntact() {
      return isIntact;
    }

    @Override
    public String save(String text) throws IOException {
      rescue(text);
      return null;
    }

    @Override
    public List<String> news() {
      return List.of();
    }

    @Override
    public Path rescue(String text) throws IOException {
      if (error instanceof Error e) {
        throw e;
      } else if (error instanceof RuntimeException e) {
        throw e;
      } else if (error instanceof IOException e) {
        throw e;
      }
      saved.add(text);
      return Path.of("rescued");
    }
  }

  @Test
  void whateverFailsIsSaidAndTriedAgain() {
    document.type("Once");
    error = new IllegalStateException("broken");
    assertThat(autosave.save()).isFalse();
    assertThat(autosave.failure()).isEqualTo("an internal error in charnn (IllegalStateException)");
    error = new OutOfMemoryError("of the test");
    assertThat(autosave.save()).isFalse();
    assertThat(autosave.failure()).isEqualTo("there is not enough memory");
    error = new IOException("the disk is full");
    assertThat(autosave.save()).isFalse();
    assertThat(autosave.failure()).isEqualTo("the disk is full");
    assertThat(autosave.isSaved()).isFalse();
    error = null;
    assertThat(autosave.save()).isTrue();
    assertThat(autosave.failure()).isNull();
    assertThat(saved).containsExactly("Once");
    assertThat(told).isEqualTo(4);
  }

  @Test
  void whatIsNoLongerInTheFileIsSavedAgain() {
    document.type("Once");
    autosave.save();
    autosave.save();
    assertThat(saved).hasSize(1);
    isIntact = false;
    assertThat(autosave.save()).isTrue();
    assertThat(saved).containsExactly("Once", "Once");
  }

  @Test
  void whatCannotBeSavedAgainIsNotSaved() {
    document.type("Once");
    autosave.save();
    isIntact = false;
    error = new IOException("the disk is full");
    assertThat(autosave.save()).isFalse();
    assertThat(autosave.isSaved()).isFalse();
    isIntact = true;
    assertThat(autosave.save()).isFalse();
  }

  @Test
  void aFileIsWatchedOnceItsTextWasEdited() {
    isTouched = true;
    isIntact = false;
    autosave.watch();
    assertThat(saved).isEmpty();
    document.type("Once");
    autosave.save();
    isTouched = false;
    autosave.watch();
    assertThat(saved).hasSize(1);
    isTouched = true;
    autosave.watch();
    assertThat(saved).hasSize(2);
  }

  @Test
  void aRescueThatFailsSaysWhy() throws IOException {
    document.type("Once");
    error = new OutOfMemoryError("of the test");
    assertThatThrownBy(autosave::rescue)
        .isInstanceOf(IOException.class)
        .hasMessage("the text could not be rescued: there is not enough memory");
    error = new IllegalStateException("broken");
    assertThatThrownBy(autosave::rescue)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("internal error");
    error = null;
    assertThat(autosave.rescue()).hasToString("rescued");
    assertThat(saved).containsExactly("Once");
  }
}
