package charnn.generate;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.engine.Dropout;
import charnn.engine.Engine;
import charnn.engine.InferencePass;
import charnn.engine.TrainingPass;
import charnn.engine.registry.EngineType;
import charnn.model.Model;
import charnn.model.Models;
import charnn.nn.Network;
import charnn.nn.RecurrentState;
import charnn.predict.SingleModel;
import charnn.util.ThreadTeam;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratorTest {
  private static final Model MODEL = Models.random("abcdefgh \n", 12, 2);

  private static Sampler sampler(int text) {
    return SamplingSettings.ofTemperature(1)
        .with(new Dry(3))
        .with(new SurpriseTarget(3))
        .sampler(text);
  }

  private static final class Collected implements TextSink {
    private final List<StringBuilder> texts = new ArrayList<>();
    private final List<Integer> ended = new ArrayList<>();

    Collected(int count) {
      for (int i = 0; i < count; i++) {
        texts.add(new StringBuilder());
      }
    }

    @Override
    public boolean write(int text, int codePoint) {
      texts.get(text).appendCodePoint(codePoint);
      return codePoint != 'h' || texts.get(text).length() < 20;
    }

    @Override
    public void end(int text) {
      ended.add(text);
    }
  }

  private static List<String> texts(
      EngineType kind, int threads, int count, int[] prompt, Start start, int length) {
    Collected collected = new Collected(count);
    try (ThreadTeam workers = new ThreadTeam(threads)) {
      new Generator(new SingleModel(kind.create(workers), MODEL), workers)
          .generate(prompt, start, length, count, GeneratorTest::sampler, collected);
    }
    assertThat(collected.ended).hasSize(count).doesNotHaveDuplicates();
    return collected.texts.stream().map(StringBuilder::toString).toList();
  }

  /** The texts, one after another, in a plain loop. */
  private static String naive(EngineType kind, int text, int[] prompt, Start start, int length) {
    int lineEnd = MODEL.vocabulary().indexOf('\n');
    Sampler sampler = sampler(text);
    float[] logits = new float[MODEL.vocabulary().size()];
    StringBuilder written = new StringBuilder();
    try (ThreadTeam alone = new ThreadTeam(1)) {
      InferencePass pass = kind.create(alone).inference(MODEL.network(), 1);
      int last = lineEnd;
      boolean ended = prompt.length > 0;
      for (int i = 1; !ended && i < (start == Start.RANDOM ? 512 : 1024); i++) {
        pass.step(new int[] {last}, logits);
        int next = sampler.next(logits);
        ended =
            start == Start.PARAGRAPH
                && ((i > 64 && last == lineEnd && next == lineEnd) || (i > 512 && next == lineEnd));
        last = next;
      }
      if (prompt.length == 0) {
        pass.step(new int[] {start == Start.RANDOM ? last : lineEnd}, logits);
      }
      for (int token : prompt) {
        sampler.read(token);
        pass.step(new int[] {token}, logits);
      }
      while (written.length() < length) {
        int next = sampler.next(logits);
        written.appendCodePoint(MODEL.vocabulary().codePoint(next));
        if (written.charAt(written.length() - 1) == 'h' && written.length() >= 20) {
          break;
        }
        pass.step(new int[] {next}, logits);
      }
    }
    return written.toString();
  }

  @ParameterizedTest
  @CsvSource({"SIMD,PARAGRAPH", "SIMD,RANDOM", "SCALAR,PARAGRAPH"})
  void aTextDependsOnItsSamplerAlone(EngineType kind, Start start) {
    int count = 67; // more than a batch
    for (int[] prompt : new int[][] {{}, {1, 2, 3, 1, 2, 3}}) {
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        expected.add(naive(kind, i, prompt, start, 60));
      }
      assertThat(texts(kind, 1, count, prompt, start, 60)).isEqualTo(expected);
      assertThat(texts(kind, 3, count, prompt, start, 60)).isEqualTo(expected);
      assertThat(texts(kind, 2, 5, prompt, start, 60)).isEqualTo(expected.subList(0, 5));
      assertThat(texts(kind, 2, 1, prompt, start, 60)).isEqualTo(expected.subList(0, 1));
    }
  }

  /** Counts the rows that the passes of an engine step. */
  private record Counting(Engine engine, AtomicLong rows, AtomicLong packed) implements Engine {
    @Override
    public TrainingPass training(Network network, int batchSize, int seqLength, Dropout dropout) {
      return engine.training(network, batchSize, seqLength, dropout);
    }

    @Override
    public IntFunction<InferencePass> inference(Network network) {
      packed.incrementAndGet();
      IntFunction<InferencePass> passes = engine.inference(network);
      return streams -> new CountingPass(passes.apply(streams), rows);
    }
  }

  private record CountingPass(InferencePass pass, AtomicLong rows) implements InferencePass {
    @Override
    public void step(int[] characters, float[] logits) {
      rows.addAndGet(characters.length);
      pass.step(characters, logits);
    }

    @Override
    public void save(int stream, RecurrentState to) {
      pass.save(stream, to);
    }

    @Override
    public void load(int stream, RecurrentState from) {
      pass.load(stream, from);
    }
  }

  @Test
  void weightsAreReadOnceAndTextsThatAreDoneCostNothing() {
    TextSink sink =
        (text, codePoint) -> text % 64 == 63; // In each batch, only the last text is long.
    try (ThreadTeam workers = new ThreadTeam(8)) {
      Counting engine =
          new Counting(EngineType.SCALAR.create(workers), new AtomicLong(), new AtomicLong());
      Generator generator = new Generator(new SingleModel(engine, MODEL), workers);
      generator.generate(new int[] {1, 2}, Start.PARAGRAPH, 50, 130, GeneratorTest::sampler, sink);
      assertThat(engine.packed).hasValue(1);
      // The prompt; then 49 steps of the last 8 texts of each full batch. The logits of the first
      // characters are the prompt's.
      assertThat(engine.rows).hasValue(2 + 2 * 49 * 8);
    }
  }

  /** Once for all texts, however long it is, and from a loaded state on. */
  @Test
  void theModelReadsAllCharactersOfALongPrompt() {
    int[] prompt = new Random(1).ints(70_000, 0, MODEL.vocabulary().size()).toArray();
    try (ThreadTeam alone = new ThreadTeam(1)) {
      Counting engine =
          new Counting(EngineType.SCALAR.create(alone), new AtomicLong(), new AtomicLong());
      Generator generator = new Generator(new SingleModel(engine, MODEL), alone);
      TextSink sink = (text, codePoint) -> true;
      generator.generate(prompt, Start.PARAGRAPH, 0, 3, GeneratorTest::sampler, sink);
      assertThat(engine.rows).hasValue(prompt.length);

      TextRecorder saved = new TextRecorder();
      Sampler sampler = SamplingSettings.ofTemperature(1).sampler(1);
      generator.generate(null, new int[] {1}, Start.PARAGRAPH, 0, sampler, sink, saved);
      engine.rows.set(0);
      SavedText from = saved.saved().orElseThrow();
      generator.generate(from, prompt, Start.PARAGRAPH, 0, sampler, sink, new TextRecorder());
      assertThat(engine.rows).hasValue(1 + prompt.length);
    }
  }

  @Test
  void aTextOfNoLengthEndsAtOnce() {
    assertThat(texts(EngineType.SCALAR, 1, 3, new int[0], Start.PARAGRAPH, 0))
        .containsExactly("", "", "");
  }
}
