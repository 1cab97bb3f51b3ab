package charnn.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncodedCorpusTest {
  private static final String EMOJI = "\uD83D\uDE00\uD83D\uDE01";

  @TempDir private Path folder;

  @Test
  void countsCodePoints() throws IOException {
    EncodedCorpus encoded = EncodedCorpus.of(corpus(EMOJI.repeat(10)));
    assertThat(encoded.characters()).isEqualTo(20);
    assertThat(encoded.trainingCharacters(0.1)).isEqualTo(18);
    assertThat(encoded.split(ValidationFrom.LAST, 0.1, 1).training().length()).isEqualTo(18);
    assertThat(encoded.vocabulary().size()).isEqualTo(2);
  }

  @Test
  void addsTheTextsCharactersToAVocabulary() throws IOException {
    EncodedCorpus encoded = EncodedCorpus.extending(Vocabulary.of('a', 'b'), corpus(EMOJI));
    assertThat(encoded.vocabulary().size()).isEqualTo(4);
    assertThat(encoded.tokens().toArray()).containsExactly((char) 2, (char) 3);
  }

  private Corpus corpus(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("text.txt"), text);
    return Corpora.read(List.of(file), new DecodingSettings(null, false));
  }
}
