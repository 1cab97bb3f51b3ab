package charnn.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.checkpoint.ModelFile;
import charnn.checkpoint.ModelFileException;
import charnn.data.Corpora;
import charnn.data.Corpus;
import charnn.data.CorpusException;
import charnn.data.DecodingSettings;
import charnn.data.Vocabulary;
import charnn.generate.Prompt;
import charnn.generate.SavedText;
import charnn.generate.StateFile;
import charnn.generate.StateFileException;
import charnn.model.Model;
import charnn.report.MetricsCsv;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is in a file, reading it succeeds or ends with the one exception that names the file; so
 * for saved states, prompts and metrics.
 *
 * <p>In the build, the inputs saved beside this class are tried. scripts/fuzz.sh looks for new
 * ones, guided by coverage.
 */
@Tag("fuzz")
class FileFuzzTest {
  private static final int MAX_MODEL_BYTES = 1 << 20;
  private static final Vocabulary VOCABULARY = Vocabulary.ofText(" '-.abcdefgo\u00e9\u4e2d");

  @TempDir static Path folder;

  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("input");
  }

  @FuzzTest(maxDuration = "10m")
  void anyBytesAsAModel(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    readModel();
  }

  /** A zip whose form is right, with any content. */
  @FuzzTest(maxDuration = "10m")
  void anyEntriesAsAModel(FuzzedDataProvider data) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      int stored = data.consumeInt(0, 4);
      for (String name :
          List.of("charnn.json", "coefficients.bin", "updaterState.bin", "state.bin")) {
        byte[] content =
            name.equals("state.bin")
                ? data.consumeRemainingAsBytes()
                : data.consumeBytes(data.consumeInt(0, 4096));
        ZipEntry entry = new ZipEntry(name);
        if (stored-- > 0) {
          CRC32 crc = new CRC32();
          crc.update(content);
          entry.setMethod(ZipEntry.STORED);
          entry.setSize(content.length);
          entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
      }
    }
    Files.write(file, bytes.toByteArray());
    readModel();
  }

  /** The description alone, which has the most forms. */
  @FuzzTest(maxDuration = "10m")
  void anyDescriptionOfAModel(byte[] json) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("charnn.json"));
      zip.write(json);
      zip.closeEntry();
      zip.putNextEntry(new ZipEntry("coefficients.bin"));
      zip.write(new byte[64]);
    }
    Files.write(file, bytes.toByteArray());
    readModel();
  }

  private void readModel() throws IOException {
    try {
      Model model = ModelFile.readCheckpoint(file).model();
      assertThat(model.network().parameters().length * 4L).isLessThan(MAX_MODEL_BYTES);
    } catch (ModelFileException e) {
      assertThat(e).hasMessageContaining(file.toString());
      assertThat(e.getMessage()).doesNotContain("Exception", "java.");
    }
  }

  @FuzzTest(maxDuration = "10m")
  void anyBytesAsACorpus(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    try {
      Corpus corpus = Corpora.read(List.of(file), new DecodingSettings(null, false));
      int[] points = corpus.text().codePoints().distinct().sorted().toArray();
      if (points.length >= 2 && points.length <= Vocabulary.MAX_SIZE) {
        char[] encoded = Vocabulary.ofText(corpus.text()).encode(corpus.text());
        assertThat(encoded).hasSize(corpus.text().codePointCount(0, corpus.text().length()));
      }
    } catch (CorpusException e) {
      assertThat(e).hasMessageContaining(file.getFileName().toString());
      assertThat(e.getMessage()).doesNotContain("Exception", "java.");
    }
  }

  @FuzzTest(maxDuration = "10m")
  void anyBytesAsAState(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    try {
      SavedText text = StateFile.read(file, FuzzModel.owner());
      assertThat(text.end()).doesNotContain(2, -1);
    } catch (StateFileException e) {
      assertThat(e).hasMessageContaining(file.toString());
      assertThat(e.getMessage()).doesNotContain("Exception", "java.");
    }
  }

  @FuzzTest(maxDuration = "10m")
  void anyTextAsAPrompt(FuzzedDataProvider data) {
    Prompt prompt = Prompt.of(data.consumeRemainingAsString(), VOCABULARY);
    for (int index : prompt.indices()) {
      assertThat(index).isBetween(0, VOCABULARY.size() - 1);
    }
  }

  @FuzzTest(maxDuration = "10m")
  void anyBytesAsMetrics(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    new MetricsCsv(file, warning -> {}).started(FuzzModel.atStep(100));
    String kept = Files.readString(file, StandardCharsets.UTF_8);
    assertThat(kept).startsWith("step,epoch,").endsWith("\n");
  }
}
