package charnn.model;

import charnn.text.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a model comes from.
 *
 * @param corpus the files it was trained on
 * @param reading how they were read
 * @param textSha256 fingerprint of the text that came out of them
 * @param charnn version of the program
 * @param java version of the Java virtual machine
 * @param os operating system and kind of processor
 * @param cpu name of the processor
 */
public record Provenance(
    List<Corpus.Source> corpus,
    Corpus.Reading reading,
    String textSha256,
    String charnn,
    String java,
    String os,
    String cpu) {
  /**
   * @throws IllegalArgumentException if a part is missing
   */
  public Provenance {
    if (corpus == null
        || corpus.isEmpty()
        || corpus.stream().anyMatch(s -> s == null)
        || reading == null
        || textSha256 == null) {
      throw new IllegalArgumentException("provenance lacks a part");
    }
    corpus = List.copyOf(corpus);
  }

  /** Returns the provenance of a model trained here and now. */
  public static Provenance here(Corpus corpus) {
    return new Provenance(
        corpus.sources(),
        corpus.reading(),
        corpus.textSha256(),
        version(),
        javaVersion(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        processor());
  }

  /** Returns charnn's version, "development" when it does not run from its jar. */
  public static String version() {
    String version = Provenance.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** Returns the same with the corpus files where, and read as, they were found now. */
  public Provenance withCorpus(Corpus found) {
    return new Provenance(found.sources(), found.reading(), textSha256, charnn, java, os, cpu);
  }

  /**
   * Returns where the corpus files were.
   *
   * @throws ModelFileException if it is not told
   */
  public List<Path> paths() throws ModelFileException {
    if (corpus.stream().anyMatch(source -> source.path() == null)) {
      throw new ModelFileException(
          "the model does not tell where its text is; name it with --corpus");
    }
    return corpus.stream().map(source -> Path.of(source.path())).toList();
  }

  /** Returns the same without the paths of the corpus files, for a model that is passed on. */
  public Provenance withoutPaths() {
    List<Corpus.Source> names =
        corpus.stream().map(s -> new Corpus.Source(s.name(), null, s.bytes(), s.sha256())).toList();
    return new Provenance(names, reading, textSha256, charnn, java, os, cpu);
  }

  /** Returns the name and version of the Java virtual machine. */
  public static String javaVersion() {
    return System.getProperty("java.vm.name") + " " + System.getProperty("java.version");
  }

  /** Returns the processor's name, or its kind where it does not tell. */
  public static String processor() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException | java.io.UncheckedIOException e) {
      return System.getProperty("os.arch");
    }
  }
}
