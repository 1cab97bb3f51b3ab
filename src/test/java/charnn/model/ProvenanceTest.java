package charnn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import charnn.checkpoint.ModelFile;
import charnn.data.Corpus;
import charnn.data.CorpusException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenanceTest {
  private static final Model MODEL = Models.random("abc", 2, 1);

  @TempDir private Path folder;

  private static List<Corpus.Source> files(int count, String inFolder) {
    List<Corpus.Source> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = "line" + i + ".txt";
      files.add(new Corpus.Source(name, inFolder + name, 10, Corpus.sha256(new byte[] {(byte) i})));
    }
    return files;
  }

  private static Provenance of(List<Corpus.Source> files) {
    return MODEL
        .provenance()
        .with(new Corpus("abc", files, MODEL.provenance().decoding(), List.of(), List.of()), null);
  }

  @Test
  void fewFilesAreAllListed() throws IOException {
    List<Corpus.Source> files = files(1000, "/books/");
    Provenance provenance = of(files);
    assertThat(provenance.corpus()).isEqualTo(files);
    assertThat(provenance.more()).isNull();
    assertThat(provenance.paths()).hasSize(1000).contains("/books/line999.txt");
  }

  @Test
  void whatIsSavedOfVeryManyFilesIsBounded() throws IOException {
    Provenance provenance = of(files(20_000, "/books/"));
    assertThat(provenance.files()).isEqualTo(20_000);
    assertThat(provenance.corpus()).hasSize(2000);
    assertThat(provenance.more().files()).isEqualTo(18_000);
    assertThat(provenance.more().bytes()).isEqualTo(180_000);
    assertThat(provenance.describeFiles(Corpus.Source::name))
        .startsWith("line0.txt, line1.txt, ")
        .endsWith(", line9.txt and 19,990 more files");
    assertThat(written(provenance)).isEqualTo(provenance);
    assertThatThrownBy(provenance::paths)
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("of 20,000 files");
    Provenance passedOn = provenance.withoutPaths();
    assertThat(passedOn.more()).isEqualTo(provenance.more());
    assertThat(written(passedOn)).isEqualTo(passedOn);
  }

  @Test
  void veryLongPathsAreBoundedToo() throws IOException {
    Provenance provenance = of(files(1000, "/" + "\u0001".repeat(4000) + "/"));
    assertThat(provenance.files()).isEqualTo(1000);
    assertThat(provenance.corpus()).hasSizeLessThan(100);
    assertThat(written(provenance)).isEqualTo(provenance);
  }

  @Test
  void theChecksumIsOfTheWholeList() {
    List<Corpus.Source> files = files(3000, "/books/");
    String sum = of(files).more().sha256();
    assertThat(of(files(3000, "/elsewhere/")).more().sha256()).isEqualTo(sum);
    files.set(0, files.get(1));
    assertThat(of(files).more().sha256()).isNotEqualTo(sum);
  }

  @Test
  void moreFilesThanNoneAreTold() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Provenance.More(0, 0, "00"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Provenance.More(1, -1, "00"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Provenance.More(1, 0, null));
  }

  private Provenance written(Provenance provenance) throws IOException {
    Path file = folder.resolve("model.zip");
    ModelFile.write(
        file,
        new Model(
            MODEL.network(),
            MODEL.vocabulary(),
            MODEL.hyperparameters(),
            MODEL.progress(),
            provenance),
        null);
    Provenance read = ModelFile.read(file).provenance();
    Files.delete(file);
    return read;
  }
}
