package charnn.generate;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.data.Vocabulary;
import charnn.engine.Dropout;
import charnn.engine.Engine;
import charnn.engine.InferencePass;
import charnn.engine.Logits;
import charnn.engine.TrainingPass;
import charnn.engine.registry.EngineType;
import charnn.model.Model;
import charnn.model.Models;
import charnn.nn.Network;
import charnn.nn.RecurrentState;
import charnn.predict.SingleModel;
import charnn.util.ThreadTeam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
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
    Sampler sampler = sampler(text);
    float[] logits = new float[MODEL.vocabulary().size()];
    StringBuilder written = new StringBuilder();
    try (ThreadTeam alone = new ThreadTeam(1)) {
      InferencePass pass = kind.create(alone).inference(MODEL.network(), 1);
      if (prompt.length == 0) {
        List<Integer> read = burnIn(kind.create(alone), sampler, start);
        read.forEach(token -> pass.step(new int[] {token}, logits));
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

  /** The characters before a text without a prompt. There are no sentences. */
  private static List<Integer> burnIn(Engine engine, Sampler sampler, Start start) {
    InferencePass pass = engine.inference(MODEL.network(), 1);
    float[] logits = new float[MODEL.vocabulary().size()];
    int lineEnd = MODEL.vocabulary().indexOf('\n');
    List<Integer> read = new ArrayList<>();
    int last = lineEnd;
    for (int i = 1; ; i++) {
      read.add(last);
      pass.step(new int[] {last}, logits);
      int next = sampler.next(logits);
      if (start == Start.RANDOM) {
        last = next;
        if (i == 511) {
          read.add(last);
          return read;
        }
        continue;
      }
      boolean emptyLine = i > 64 && last == lineEnd && next == lineEnd;
      last = i == 1023 ? lineEnd : next;
      if (!emptyLine && (last != lineEnd || i < 64)) {
        continue;
      }
      read.add(lineEnd);
      InferencePass again = engine.inference(MODEL.network(), 1);
      read.forEach(token -> again.step(new int[] {token}, logits));
      if (!emptyLine && Logits.softmax(logits)[lineEnd] >= 0.01) {
        read.add(lineEnd);
        sampler.read(lineEnd);
        return read;
      }
      if (emptyLine || i >= 512) {
        return read;
      }
      read.remove(read.size() - 1);
    }
  }

  /**
   * Returns the beginning of a text by a model that repeats another one.
   *
   * @param mayEnd after which an empty line is possible, and then "Start"; empty: nowhere
   */
  private static String start(String text, String mayEnd) {
    String twice = text + text + (mayEnd.isEmpty() ? "" : "\n\nStart" + text);
    Vocabulary vocabulary = Vocabulary.ofText(twice + "\n");
    Function<String, float[]> logits =
        read -> {
          float[] z = new float[vocabulary.size()];
          Arrays.fill(z, -50);
          String known = read;
          while (twice.indexOf(known) + known.length() >= twice.length()
              || !twice.contains(known)) {
            known = known.substring(1);
          }
          z[vocabulary.indexOf(twice.charAt(twice.indexOf(known) + known.length()))] = 0;
          if (!mayEnd.isEmpty() && read.endsWith(mayEnd)) {
            z[vocabulary.indexOf('\n')] = -4; // 0.018
          }
          return z;
        };
    StringBuilder written = new StringBuilder();
    try (ThreadTeam alone = new ThreadTeam(1)) {
      new Generator(new TableModel(vocabulary, logits), alone)
          .generate(
              new int[0],
              Start.PARAGRAPH,
              5,
              SamplingSettings.ofTemperature(0).sampler(1),
              codePoint -> {
                written.appendCodePoint(codePoint);
                return true;
              });
    }
    return written.toString();
  }

  @Test
  void aTextStartsWithAParagraph() {
    // At a line end, or at the end of a sentence within a line; else at any line end.
    assertThat(start("\nAlpha beta\ngamma delta.", "delta.\n")).isEqualTo("Start");
    assertThat(start("\nalpha beta. Gamma\ndelta epsilon", "beta.\n")).isEqualTo("Start");
    assertThat(start("\nalpha beta. Gamma", "")).isEqualTo("alpha");
    assertThat(start("\nbeta", "")).isEqualTo("beta\n");
    assertThat(start("beta", "")).isEqualTo("betab");
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
