package charnn.cli;

import charnn.data.Corpus;
import charnn.data.CorpusException;
import charnn.data.DecodingSettings;
import charnn.data.input.CorpusInputs;
import charnn.model.Provenance;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** The texts that a run was trained and validated on. */
final class RunText {
  private RunText() {}

  /**
   * Reads a run's text where it was.
   *
   * @param texts read before, by their fingerprints; it is added
   * @throws CorpusException if it is not there any more, as it was
   */
  static Corpus read(Provenance provenance, Map<String, Corpus> texts) throws CorpusException {
    if (provenance.more() != null) {
      throw new CorpusException("the run does not say where all of it was");
    }
    return read(provenance.corpus(), provenance.textSha256(), provenance.decoding(), texts);
  }

  /** As {@link #read}, of the corpus that a run was validated on. */
  static Corpus ofValidation(Provenance provenance, Map<String, Corpus> texts)
      throws CorpusException {
    Provenance.Validation other = provenance.validation();
    return read(other.corpus(), other.textSha256(), provenance.decoding(), texts);
  }

  private static Corpus read(
      List<Corpus.Source> sources,
      String sha256,
      DecodingSettings decoding,
      Map<String, Corpus> texts)
      throws CorpusException {
    Corpus known = texts.get(sha256);
    if (known != null) {
      return known;
    }
    if (sources.stream().anyMatch(source -> source.path() == null)) {
      throw new CorpusException("the run does not say where it was");
    }
    CorpusInputs inputs =
        CorpusInputs.of(
            sources.stream().map(Corpus.Source::path).toList(), InputStream.nullInputStream());
    if (!inputs.all().stream().allMatch(input -> input.isLasting())) {
      throw new CorpusException("it is no longer where it was");
    }
    Corpus corpus = inputs.read(decoding);
    if (!corpus.textSha256().equals(sha256)) {
      throw new CorpusException("it has changed since");
    }
    texts.put(sha256, corpus);
    return corpus;
  }
}
