package charnn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExperimentsTest {
  /** Help of any command lists the experiments, with few libraries on the class path. */
  @Test
  void experimentsAreListedWithoutTheLibrariesThatTheyRunOn() throws Exception {
    ClassLoader few = new FewLibraries(getClass().getClassLoader());
    Class<?> experiments = Class.forName("charnn.lab.Experiments", true, few);
    assertThat(experiments.getClassLoader()).isSameAs(few);
    List<?> all = (List<?>) experiments.getMethod("all").invoke(null);
    Class<?> experiment = Class.forName("charnn.lab.Experiment", true, few);
    for (Object one : all) {
      for (String method : List.of("name", "question", "options")) {
        assertThat(experiment.getMethod(method).invoke(one)).isNotNull();
      }
    }
    assertThat(all).hasSameSizeAs(Experiments.all());
  }

  /** Loads charnn's classes itself, and does not find ND4J, DL4J, XChart and Batik. */
  private static final class FewLibraries extends ClassLoader {
    FewLibraries(ClassLoader parent) {
      super(parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.matches("org\\.(nd4j|deeplearning4j|knowm|apache\\.batik)\\..*")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("charnn.")) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? own(name) : loaded;
    }

    private Class<?> own(String name) {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
