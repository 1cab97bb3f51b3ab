package charnn.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.checkpoint.ModelFile;
import charnn.data.Corpora;
import charnn.data.Corpus;
import charnn.data.DecodingSettings;
import charnn.generate.StateFile;
import charnn.nn.CellType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the fuzzer starts from must be whole, or it never comes past the first check. */
class FuzzSeedsTest {
  private static final Path SEEDS = Path.of("src/test/resources/charnn/fuzz/FileFuzzTestInputs");

  @Test
  void theStateIsRead() throws IOException {
    assertThat(StateFile.read(SEEDS.resolve("anyBytesAsAState/whole"), FuzzModel.owner()).end())
        .hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zip",
        "tar",
        "gz",
        "bz2",
        "xz",
        "zst",
        "tar.gz",
        "zip-of-gz",
        "epub",
        "pdf",
        "html"
      })
  void theCorpusOfEveryKindIsRead(String kind) throws IOException {
    Corpus corpus =
        Corpora.read(
            List.of(SEEDS.resolve("anyBytesAsACorpus/" + kind)), new DecodingSettings(null, false));
    assertThat(corpus.text()).doesNotContain("<").containsAnyOf("Once upon a time", "A tale");
  }

  @ParameterizedTest
  @EnumSource
  void theModelOfEveryCellIsRead(CellType cell) throws IOException {
    String name = cell == CellType.LSTM ? "whole" : cell.toString();
    Path model = SEEDS.resolve("anyBytesAsAModel/" + name);
    assertThat(ModelFile.read(model).network().architecture().cell()).isEqualTo(cell);
    assertThat(ModelFile.readCheckpoint(model).training()).isPresent();
    try (ZipFile zip = new ZipFile(model.toFile())) {
      byte[] description = zip.getInputStream(zip.getEntry("charnn.json")).readAllBytes();
      assertThat(Files.readAllBytes(SEEDS.resolve("anyDescriptionOfAModel/" + name)))
          .isEqualTo(description);
    }
  }
}
