package charnn.generate;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.engine.registry.EngineType;
import charnn.model.Model;
import charnn.model.Models;
import charnn.nn.CellType;
import charnn.predict.SingleModel;
import charnn.util.ThreadTeam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A text that is cut anywhere continues as if it had not been. */
class SavedTextTest {
  private static final String CHARACTERS = "abcdefgh \n";
  private static final SamplingSettings SETTINGS =
      SamplingSettings.ofTemperature(1.3).with(new Dry(1)).with(new SurpriseTarget(2.5));

  /**
   * Generates a text in parts of a length, each with a generator of its own. A sink holds back the
   * last characters, never the same number.
   */
  private static String text(
      EngineType kind, Model model, int threads, List<Integer> lengths, int[] prompt) {
    StringBuilder text = new StringBuilder();
    SavedText saved = null;
    SplittableRandom random = new SplittableRandom(lengths.size());
    for (int length : lengths) {
      int begun = text.length();
      int held = random.nextInt(5);
      StringBuilder waiting = new StringBuilder();
      try (ThreadTeam workers = new ThreadTeam(threads)) {
        Generator generator = new Generator(new SingleModel(kind.create(workers), model), workers);
        TextRecorder recorder = new TextRecorder();
        TextSink sink =
            new TextSink() {
              @Override
              public boolean write(int number, int codePoint) {
                waiting.appendCodePoint(codePoint);
                if (waiting.length() > held && text.length() < begun + length) {
                  text.append(waiting.charAt(0));
                  waiting.deleteCharAt(0);
                }
                return waiting.length() <= held;
              }

              @Override
              public long passedOn() {
                return text.length() - begun;
              }
            };
        generator.generate(
            saved,
            saved == null ? prompt : new int[0],
            Start.PARAGRAPH,
            Long.MAX_VALUE,
            SETTINGS.sampler(saved == null ? SamplerState.ofSeed(3) : saved.sampler()),
            sink,
            recorder);
        saved = recorder.saved().orElseThrow();
        assertThat(saved.length()).isEqualTo(prompt.length + text.length());
      }
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "SIMD,LSTM", "SIMD,RNN", "SIMD,GRU", "SIMD,MLSTM", "SIMD,PHASED_LSTM",
    "SCALAR,LSTM", "SCALAR,RNN", "SCALAR,GRU", "SCALAR,MLSTM", "SCALAR,PHASED_LSTM"
  })
  void continuesAsIfItHadNotStopped(EngineType kind, CellType cell) {
    Model model = Models.random(cell, CHARACTERS, 12, 2);
    for (int[] prompt : new int[][] {{}, {2}, {1, 2, 3, 1, 2, 3}}) {
      String whole = text(kind, model, 1, List.of(700), prompt);
      assertThat(whole).hasSize(700);
      assertThat(text(kind, model, 3, List.of(0, 1, 1, 0, 2, 96, 600), prompt)).isEqualTo(whole);
      assertThat(text(kind, model, 2, List.of(350, 350), prompt)).isEqualTo(whole);
    }
  }

  /** Interrupted while it is read, or before. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5})
  void aPromptThatIsNotReadToItsEndIsNoTextToSave(int before) {
    Model model = Models.random(CHARACTERS, 12, 1);
    AtomicInteger asked = new AtomicInteger();
    TextSink closing =
        new TextSink() {
          @Override
          public boolean write(int number, int codePoint) {
            throw new AssertionError("nothing is generated");
          }

          @Override
          public boolean isClosed() {
            return asked.getAndIncrement() >= before;
          }
        };
    TextRecorder recorder = new TextRecorder();
    try (ThreadTeam alone = new ThreadTeam(1)) {
      new Generator(new SingleModel(EngineType.SCALAR.create(alone), model), alone)
          .generate(
              null,
              new int[] {1, 2, 3, 4, 5},
              Start.PARAGRAPH,
              10,
              SETTINGS.sampler(1),
              closing,
              recorder);
    }
    assertThat(recorder.saved()).isEmpty();
  }

  /** What looks back sees as far behind a cut as without one. */
  @Test
  void noHistoryIsLost() {
    Model model = Models.random(CHARACTERS, 2, 1);
    int all = 2 * RecentTokens.COUNT + 3000;
    String whole = text(EngineType.SCALAR, model, 1, List.of(all), new int[] {1});
    List<Integer> parts = new ArrayList<>();
    for (int left = all; left > 0; left -= 2000) {
      parts.add(Math.min(left, 2000));
    }
    assertThat(text(EngineType.SCALAR, model, 1, parts, new int[] {1})).isEqualTo(whole);
  }

  @Test
  void theRecentCharactersAreTheLastOnes() {
    RecentTokens recent = new RecentTokens();
    assertThat(recent.last()).isEmpty();
    for (int i = 0; i < 5 * RecentTokens.COUNT; i++) {
      recent.add(i);
      if (i % 97 == 0) {
        Runnable back = recent.mark();
        IntStream.range(0, BacktrackingSampler.WINDOW).forEach(taken -> recent.add(-1));
        back.run();
        for (RecentTokens one : List.of(recent, recent.copy())) {
          int count = Math.min(RecentTokens.COUNT, i + 1);
          assertThat(one.last()).isEqualTo(IntStream.rangeClosed(i + 1 - count, i).toArray());
        }
      }
    }
  }

  /** A stop string may be longer than all that is remembered. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1100, 12_000})
  void whatARuleHeldBackIsNoPartOfTheSavedText(int held) {
    int printed = RecentTokens.COUNT + 200;
    Model model = Models.random(CHARACTERS, 2, 1);
    AtomicInteger written = new AtomicInteger();
    int[] text = new int[printed + held];
    TextSink sink =
        new TextSink() {
          @Override
          public boolean write(int number, int codePoint) {
            text[written.get()] = model.vocabulary().indexOf(codePoint);
            return written.incrementAndGet() < printed + held;
          }

          @Override
          public long passedOn() {
            return Math.min(printed, written.get());
          }
        };
    TextRecorder recorder = new TextRecorder();
    try (ThreadTeam alone = new ThreadTeam(1)) {
      new Generator(new SingleModel(EngineType.SCALAR.create(alone), model), alone)
          .generate(
              null,
              new int[] {1},
              Start.PARAGRAPH,
              Long.MAX_VALUE,
              SETTINGS.sampler(1),
              sink,
              recorder);
    }
    SavedText saved = recorder.saved().orElseThrow();
    assertThat(saved.end())
        .isEqualTo(Arrays.copyOfRange(text, printed - RecentTokens.COUNT, printed));
    assertThat(saved.last()).isEqualTo(text[printed - 1]);
    assertThat(saved.cut()).isEqualTo(held > 0);
    assertThat(saved.generated()).isEqualTo(printed);
    assertThat(saved.length()).isEqualTo(printed + 1);
  }
}
