package charnn.data;

import charnn.data.input.CorpusInputs;
import java.nio.file.Path;
import java.util.List;

/** Reads corpora of files. */
public final class Corpora {
  private Corpora() {}

  public static Corpus read(List<Path> files, DecodingSettings settings) throws CorpusException {
    return CorpusInputs.ofFiles(files).read(settings);
  }
}
