package charnn.generate;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.data.SpecialSymbols;
import charnn.data.Vocabulary;
import charnn.engine.Networks;
import charnn.engine.registry.EngineType;
import charnn.model.Model;
import charnn.model.Models;
import charnn.nn.CellType;
import charnn.nn.Network;
import charnn.predict.Ensemble;
import charnn.predict.LanguageModel;
import charnn.predict.SingleModel;
import charnn.util.RandomStreams;
import charnn.util.ThreadTeam;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A text of a batch is the one that it is alone, whenever it joins and whatever else runs. */
class ContinuousBatchTest {
  private static final Model ONE = Models.random("abcdef .\n", 6, 2);
  private static final Model TWO = Models.random("abcxyz .\n", 5, 1);
  private static final Vocabulary OF_DOCUMENTS =
      Vocabulary.ofText("abcdef .\n").with(SpecialSymbols.DOCUMENT_MARK);
  private static final Network DOCUMENTS =
      Networks.withDocuments(Networks.random(CellType.LSTM, OF_DOCUMENTS.size(), 6, 2, 7));

  /** Texts that continue a prompt. */
  private static final class Texts implements TextSink {
    private final int[] prompt;
    private final long length;
    private final long seed;
    private final SamplingSettings settings;
    private final int alternatives;
    private final List<StringBuilder> texts = new ArrayList<>();
    private final List<List<Prediction>> predictions = new ArrayList<>();
    private final List<Prediction> ofPrompt = new ArrayList<>();
    private int ended;
    private int closesAfter = Integer.MAX_VALUE;
    private int stopsAfter = Integer.MAX_VALUE;

    Texts(
        int[] prompt,
        long length,
        int count,
        long seed,
        SamplingSettings settings,
        int alternatives) {
      this.prompt = prompt;
      this.length = length;
      this.seed = seed;
      this.settings = settings;
      this.alternatives = alternatives;
      for (int i = 0; i < count; i++) {
        texts.add(new StringBuilder());
        predictions.add(new ArrayList<>());
      }
    }

    Sampler sampler(int text) {
      return settings.sampler(seed + text);
    }

    ContinuousBatch.Task task() {
      return new ContinuousBatch.Task(
          prompt,
          Start.PARAGRAPH,
          length,
          IntStream.range(0, texts.size()).mapToObj(this::sampler).toList(),
          this,
          alternatives < 0 ? null : ofPrompt::add);
    }

    /** Returns the same texts of a generator. */
    Texts alone(LanguageModel model, ThreadTeam workers) {
      Texts same = new Texts(prompt, length, texts.size(), seed, settings, alternatives);
      same.stopsAfter = stopsAfter;
      new Generator(model, workers)
          .generate(prompt, Start.PARAGRAPH, length, texts.size(), same::sampler, same);
      return same;
    }

    @Override
    public int alternatives() {
      return alternatives;
    }

    @Override
    public boolean write(int text, int codePoint) {
      texts.get(text).appendCodePoint(codePoint);
      return texts.get(text).length() < stopsAfter;
    }

    @Override
    public boolean write(int text, int codePoint, Prediction prediction) {
      predictions.get(text).add(prediction);
      return write(text, codePoint);
    }

    @Override
    public void end(int text) {
      ended++;
    }

    @Override
    public boolean isClosed() {
      return texts.get(0).length() >= closesAfter;
    }
  }

  private static Texts random(SplittableRandom random, Vocabulary vocabulary) {
    int[] prompt =
        random
            .ints(random.nextInt(3) == 0 ? 0 : random.nextInt(1, 20), 0, vocabulary.size())
            .toArray();
    SamplingSettings settings =
        List.of(
                SamplingSettings.ofTemperature(0),
                SamplingSettings.ofTemperature(1.5),
                SamplingSettings.ofTemperature(1)
                    .with(new TopP(0.8))
                    .with(new Dry(2))
                    .with(new SurpriseTarget(2)))
            .get(random.nextInt(3));
    Texts texts =
        new Texts(
            prompt,
            random.nextInt(8) == 0 ? 0 : random.nextInt(1, 40),
            random.nextInt(1, 7),
            random.nextLong(),
            settings,
            random.nextBoolean() ? -1 : random.nextInt(0, 4));
    texts.stopsAfter = random.nextBoolean() ? Integer.MAX_VALUE : random.nextInt(1, 30);
    return texts;
  }

  @ParameterizedTest
  @CsvSource({"SIMD, 1, ONE", "SIMD, 2, BOTH", "SCALAR, 3, ONE", "SIMD, 2, DOCUMENTS"})
  void aTextDoesNotDependOnTheOthers(EngineType kind, int threads, String models) {
    try (ThreadTeam workers = new ThreadTeam(threads)) {
      LanguageModel model =
          models.equals("DOCUMENTS")
              ? new SingleModel(kind.create(workers), DOCUMENTS, OF_DOCUMENTS)
              : new SingleModel(kind.create(workers), ONE);
      if (models.equals("BOTH")) {
        LanguageModel second = new SingleModel(kind.create(workers), TWO);
        model = new Ensemble(List.of(model, second), 0.6, 0.4);
      }
      SplittableRandom random = RandomStreams.random(5, threads);
      ContinuousBatch batch = new ContinuousBatch(model, workers);
      List<Texts> all = new ArrayList<>();
      for (int step = 0; all.size() < 40 || batch.size() > 0; step++) {
        if (all.size() < 40 && (batch.size() == 0 || random.nextInt(4) == 0)) {
          Texts texts = random(random, model.vocabulary());
          if (all.size() % 5 == 4) {
            texts.closesAfter = random.nextInt(1, 10);
          }
          batch.add(texts.task());
          all.add(texts);
        }
        batch.step();
        assertThat(step).isLessThan(100_000);
      }
      for (Texts texts : all) {
        Texts alone = texts.alone(model, workers);
        if (texts.isClosed()) {
          assertThat(alone.texts.get(0).toString()).startsWith(texts.texts.get(0).toString());
        } else {
          assertThat(texts.texts)
              .map(StringBuilder::toString)
              .isEqualTo(alone.texts.stream().map(StringBuilder::toString).toList());
          assertThat(texts.predictions).isEqualTo(alone.predictions);
          assertThat(texts.ended).isEqualTo(texts.texts.size());
        }
      }
    }
  }

  @Test
  void aPromptIsPredictedAsIfItWereWritten() {
    try (ThreadTeam workers = new ThreadTeam(1)) {
      LanguageModel model = new SingleModel(EngineType.fastest().create(workers), ONE);
      Texts written =
          new Texts(new int[] {3}, 20, 1, 7, SamplingSettings.ofTemperature(1), 3)
              .alone(model, workers);
      int[] prompt =
          ("c" + written.texts.get(0)).codePoints().map(model.vocabulary()::indexOf).toArray();
      prompt[0] = 3;
      Texts read = new Texts(prompt, 0, 1, 7, SamplingSettings.ofTemperature(1), 3);
      ContinuousBatch batch = new ContinuousBatch(model, workers);
      batch.add(read.task());
      while (batch.size() > 0) {
        batch.step();
      }
      assertThat(read.ofPrompt).isEqualTo(written.predictions.get(0));
      assertThat(read.ended).isEqualTo(1);
    }
  }

  @Test
  void nothingIsComputedForWhoHasLeft() {
    try (ThreadTeam workers = new ThreadTeam(1)) {
      LanguageModel model = new SingleModel(EngineType.fastest().create(workers), ONE);
      ContinuousBatch batch = new ContinuousBatch(model, workers);
      Texts left =
          new Texts(new int[] {1, 2}, Long.MAX_VALUE, 3, 1, SamplingSettings.ofTemperature(1), -1);
      left.closesAfter = 5;
      batch.add(left.task());
      assertThat(batch.size()).isEqualTo(3);
      for (int i = 0; i < 10; i++) {
        batch.step();
      }
      assertThat(batch.size()).isZero();
      assertThat(left.texts.get(0)).hasSize(5);
    }
  }
}
