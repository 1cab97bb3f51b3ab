package charnn.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.checkpoint.ModelFile;
import charnn.generate.StateFile;
import charnn.nn.CellType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the fuzzer starts from must be whole, or it never comes past the first check. */
class FuzzSeedsTest {
  private static final Path SEEDS = Path.of("src/test/resources/charnn/fuzz/FileFuzzTestInputs");

  @Test
  void theStateIsRead() throws IOException {
    assertThat(StateFile.read(SEEDS.resolve("anyBytesAsAState/whole"), FuzzModel.owner()).end())
        .hasSize(3);
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
