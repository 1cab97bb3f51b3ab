package charnn.model;

import static charnn.util.Formats.format;

import charnn.data.CharacterCounts;
import charnn.data.Corpus;
import charnn.data.CorpusException;
import charnn.data.DecodingSettings;
import charnn.util.JsonName;
import charnn.util.Sentence;
import charnn.util.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/**
 * Where a model comes from.
 *
 * @param corpus the files it was trained on; if they are very many, the first
 * @param more the files that are not listed, null if all are
 * @param decoding how they became text
 * @param textSha256 fingerprint of the text that came out of them
 * @param charnn version of the program
 * @param java version of the Java virtual machine
 * @param os operating system and kind of processor
 * @param cpu name of the processor
 * @param arithmetic of the engine there, which decides the result's bits; null in files of before
 * @param text what the text is like; null in files of before
 * @param adapted what it learned from other texts afterwards; null if nothing
 * @param validation the corpus that it was validated on; null if that is a part of the text
 * @param rare characters of the text that became the unknown one; null if there are none
 */
public record Provenance(
    List<Corpus.Source> corpus,
    More more,
    @JsonName("reading") DecodingSettings decoding,
    String textSha256,
    String charnn,
    String java,
    String os,
    String cpu,
    String arithmetic,
    TextStatistics text,
    Adapted adapted,
    Validation validation,
    CharacterCounts.Rare rare) {
  /** So many files are listed, ... */
  private static final int MOST_FILES = 2000;

  /**
   * ...if their names and paths are no longer than this together: a model's description is bounded.
   */
  private static final int MOST_CHARACTERS = 1 << 18;

  private static final int MOST_NAMED = 10; // to a reader

  /**
   * What the files of a corpus that are not listed were together.
   *
   * @param files how many
   * @param bytes of all of them
   * @param sha256 of a line for each file of the corpus, listed or not: its SHA-256, a space and
   *     its name
   */
  public record More(int files, long bytes, String sha256) {
    /**
     * @throws IllegalArgumentException if there are none
     */
    public More {
      if (files < 1 || bytes < 0 || sha256 == null) {
        throw new IllegalArgumentException(
            "provenance has wrong figures on the files that it does not list");
      }
    }
  }

  /**
   * A corpus that a model was validated on.
   *
   * @param corpus its files; if they are very many, the first
   * @param textSha256 fingerprint of its text
   */
  public record Validation(List<Corpus.Source> corpus, String textSha256) {
    /**
     * @throws IllegalArgumentException if a part is missing
     */
    public Validation {
      if (corpus == null
          || corpus.isEmpty()
          || corpus.stream().anyMatch(s -> s == null)
          || textSha256 == null) {
        throw new IllegalArgumentException("provenance lacks a part of the validation corpus");
      }
      corpus = List.copyOf(corpus);
    }

    private static Validation of(Corpus corpus) {
      return new Validation(listed(corpus.sources()), corpus.textSha256());
    }
  }

  /**
   * What a model learned after its training, by dynamic evaluation.
   *
   * @param model name of the model before that
   * @param sha256 of that, as {@link Model#sha256}
   * @param texts how many, one after another
   * @param characters that it learned of all of them
   */
  public record Adapted(String model, String sha256, int texts, long characters) {
    /**
     * @throws IllegalArgumentException if a part is missing
     */
    public Adapted {
      if (model == null
          || sha256 == null
          || !sha256.matches("[0-9a-f]{64}")
          || texts < 1
          || characters < 1) {
        throw new IllegalArgumentException("provenance has wrong figures on an adapted model");
      }
    }
  }

  /**
   * @throws IllegalArgumentException if a part is missing
   */
  public Provenance {
    if (corpus == null
        || corpus.isEmpty()
        || corpus.stream().anyMatch(s -> s == null)
        || decoding == null
        || textSha256 == null) {
      throw new IllegalArgumentException("provenance lacks a part");
    }
    corpus = List.copyOf(corpus);
  }

  /** Provenance of a model that is as it was trained. */
  public Provenance(
      List<Corpus.Source> corpus,
      More more,
      DecodingSettings decoding,
      String textSha256,
      String charnn,
      String java,
      String os,
      String cpu,
      String arithmetic,
      TextStatistics text) {
    this(
        corpus,
        more,
        decoding,
        textSha256,
        charnn,
        java,
        os,
        cpu,
        arithmetic,
        text,
        null,
        null,
        null);
  }

  /**
   * Returns the provenance of a model trained here and now.
   *
   * @param arithmetic of the engine here
   * @param text what the text is like
   */
  public static Provenance here(Corpus corpus, String arithmetic, TextStatistics text) {
    return new Provenance(
        listed(corpus.sources()),
        more(corpus.sources()),
        corpus.settings(),
        corpus.textSha256(),
        version(),
        javaVersion(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        processor(),
        arithmetic,
        text);
  }

  /** Returns charnn's version, "development" when it does not run from its jar. */
  public static String version() {
    String version = Provenance.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /**
   * Returns the same with the corpus files where, and read as, they were found now.
   *
   * @param foundText what their text is like
   */
  public Provenance with(Corpus found, TextStatistics foundText) {
    return new Provenance(
        listed(found.sources()),
        more(found.sources()),
        found.settings(),
        textSha256,
        charnn,
        java,
        os,
        cpu,
        arithmetic,
        foundText,
        adapted,
        validation,
        rare);
  }

  /** Returns the same of a text some characters of which became the unknown one. */
  public Provenance without(CharacterCounts.Rare characters) {
    return new Provenance(
        corpus,
        more,
        decoding,
        textSha256,
        charnn,
        java,
        os,
        cpu,
        arithmetic,
        text,
        adapted,
        validation,
        characters);
  }

  /** Returns the same of a model that is validated on a corpus of its own, as it was found now. */
  public Provenance validatedOn(Corpus other) {
    return new Provenance(
        corpus,
        more,
        decoding,
        textSha256,
        charnn,
        java,
        os,
        cpu,
        arithmetic,
        text,
        adapted,
        Validation.of(other),
        rare);
  }

  /** Returns the same of a model that learned from a text, too; see {@link Model#adapted}. */
  Provenance adapted(String model, byte[] sha256, int characters) {
    Adapted now =
        adapted == null
            ? new Adapted(model, HexFormat.of().formatHex(sha256), 1, characters)
            : new Adapted(
                adapted.model, adapted.sha256, adapted.texts + 1, adapted.characters + characters);
    return new Provenance(
        corpus,
        more,
        decoding,
        textSha256,
        charnn,
        java,
        os,
        cpu,
        arithmetic,
        text,
        now,
        validation,
        rare);
  }

  private static List<Corpus.Source> listed(List<Corpus.Source> sources) {
    int files = 0;
    long characters = 0;
    for (Corpus.Source source : sources) {
      characters += source.name().length() + (source.path() == null ? 0 : source.path().length());
      if (files == MOST_FILES || characters > MOST_CHARACTERS && files > 0) {
        break;
      }
      files++;
    }
    return sources.subList(0, files);
  }

  private static More more(List<Corpus.Source> sources) {
    List<Corpus.Source> others = sources.subList(listed(sources).size(), sources.size());
    if (others.isEmpty()) {
      return null;
    }
    StringBuilder list = new StringBuilder();
    sources.forEach(s -> list.append(s.sha256()).append(' ').append(s.name()).append('\n'));
    return new More(
        others.size(),
        others.stream().mapToLong(Corpus.Source::bytes).sum(),
        Corpus.sha256(list.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /** Returns how many files the corpus has. */
  public int files() {
    return corpus.size() + (more == null ? 0 : more.files());
  }

  /**
   * Returns the corpus files for a reader: the first few, and how many more there are.
   *
   * @param description of one
   */
  public String describeFiles(Function<Corpus.Source, String> description) {
    int named = Math.min(corpus.size(), MOST_NAMED);
    String names = String.join(", ", corpus.subList(0, named).stream().map(description).toList());
    return named == files() ? names : format("%s and %,d more files", names, files() - named);
  }

  /**
   * Returns where the corpus files were, as names of inputs.
   *
   * @throws CorpusException if it is not recorded
   */
  public List<String> paths() throws CorpusException {
    if (more != null) {
      throw new CorpusException(
          Sentence.of(
              "the text is of %s files, more than a model lists; name all of them again with %s",
              format("%,d", files()), Setting.CORPUS));
    }
    if (corpus.stream().anyMatch(source -> source.path() == null)) {
      throw new CorpusException(
          Sentence.of(
              "the model does not record where its text is; name it with %s", Setting.CORPUS));
    }
    return corpus.stream().map(Corpus.Source::path).toList();
  }

  /** Returns the same without the paths of the corpus files, for a model that is passed on. */
  public Provenance withoutPaths() {
    return new Provenance(
        names(corpus),
        more,
        decoding,
        textSha256,
        charnn,
        java,
        os,
        cpu,
        arithmetic,
        text,
        adapted,
        validation == null ? null : new Validation(names(validation.corpus), validation.textSha256),
        rare);
  }

  private static List<Corpus.Source> names(List<Corpus.Source> sources) {
    return sources.stream()
        .map(s -> new Corpus.Source(s.name(), null, s.bytes(), s.sha256()))
        .toList();
  }

  /** Returns the name and version of the Java virtual machine. */
  public static String javaVersion() {
    return System.getProperty("java.vm.name") + " " + System.getProperty("java.version");
  }

  /** Returns the processor's name, or its kind where it is unknown. */
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
