package charnn.util;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CacheFolderTest {
  @Test
  void itIsInCharnnsFolderUnlessTheEnvironmentNamesAnother() {
    Path home = Path.of("charnn").toAbsolutePath();
    assertThat(CacheFolder.path(null, home.toString())).isEqualTo(home.resolve("cache"));
    assertThat(CacheFolder.path("", home.toString())).isEqualTo(home.resolve("cache"));
    assertThat(CacheFolder.path("own", home.toString())).isEqualTo(Path.of("own").toAbsolutePath());
  }
}
