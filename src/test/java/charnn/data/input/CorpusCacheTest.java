package charnn.data.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import charnn.data.Corpus;
import charnn.data.CorpusException;
import charnn.data.DecodingSettings;
import charnn.data.DocumentEnds;
import charnn.data.DocumentUnit;
import charnn.data.EncodedCorpus;
import charnn.data.Tokens;
import charnn.data.Vocabulary;
import charnn.data.cache.CorpusCache;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A corpus in the cache is that in memory, and the cache is never half-made. */
class CorpusCacheTest {
  private static final DecodingSettings SETTINGS = new DecodingSettings(null, false);

  private static final int LARGE = 100_000;

  private static final Limits LIMITS = new Limits(200_000, 64L << 20, 250, LARGE, Long.MAX_VALUE);

  @TempDir private Path folder;

  private CorpusCache cache;

  @BeforeEach
  void makeCache() {
    cache = new CorpusCache(folder.resolve("cache"), 0);
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve("texts").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static CorpusInputs inputs(Path... files) {
    return CorpusInputs.ofFiles(List.of(files));
  }

  private Corpus mapped(CorpusInputs inputs) throws CorpusException {
    return inputs.read(SETTINGS, LIMITS, cache, CorpusReading.UNSEEN);
  }

  private List<String> cached() throws IOException {
    if (!Files.exists(cache.folder())) {
      return List.of();
    }
    try (var files = Files.list(cache.folder())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("locks"))
          .sorted()
          .toList();
    }
  }

  private static String random(long seed, int length, int different) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      int any = random.nextInt(different);
      text.appendCodePoint(
          any < 100 ? ' ' + any % 95 : any % 2 == 0 ? 0x4E00 + any : 0x1F300 + any);
      text.append(any % 61 == 0 ? "\n" : "");
    }
    return text.append(seed).toString();
  }

  private static void assertSame(Corpus mapped, Corpus inMemory) {
    assertThat(mapped.content().inMemory()).isZero();
    assertThat(mapped.textSha256()).isEqualTo(inMemory.textSha256());
    assertThat(mapped.sources()).isEqualTo(inMemory.sources());
    assertThat(mapped.settings()).isEqualTo(inMemory.settings());
    assertThat(mapped.notes()).hasToString(inMemory.notes().toString());
    assertThat(mapped.content().length()).isEqualTo(inMemory.content().length());
    assertThat(mapped.content().beginning(1000)).isEqualTo(inMemory.content().beginning(1000));
    EncodedCorpus one = EncodedCorpus.of(mapped);
    EncodedCorpus other = EncodedCorpus.of(inMemory);
    assertThat(one.vocabulary()).isEqualTo(other.vocabulary());
    assertThat(one.tokens().toArray()).isEqualTo(other.tokens().toArray());
    Vocabulary known = Vocabulary.of('a', 'b', 0x1F600);
    Tokens extended = EncodedCorpus.extending(known, mapped).tokens();
    assertThat(extended.toArray())
        .isEqualTo(EncodedCorpus.extending(known, inMemory).tokens().toArray());
    assertThat(mapped.content().counts().counts()).isEqualTo(inMemory.content().counts().counts());
    int mark = one.vocabulary().documentMark();
    assertThat(mapped.content().documentEnds(null, mark).ends())
        .isEqualTo(mark < 0 ? new long[0] : DocumentEnds.of(other.tokens(), mark).ends());
    assertThat(mapped.content().tokens(known, 3).toArray())
        .isEqualTo(inMemory.content().tokens(known, 3).toArray());
  }

  @Test
  void manyTextsAreTheSameMapped() throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      String text = random(i, 3000, i < 20 ? 90 : 3000); // widened at the 21st
      files.add(write(i + ".txt", i % 7 == 3 ? text + "e\u0301\n" : text));
    }
    files.add(write("again.txt", Files.readString(files.get(4))));
    CorpusInputs inputs = CorpusInputs.ofFiles(files);
    Corpus inMemory = inputs.read(SETTINGS, LIMITS, CorpusCache.none(), CorpusReading.UNSEEN);
    assertThat(inMemory.notes()).hasSize(2);
    assertSame(mapped(inputs), inMemory);
    assertThat(cached()).hasSize(1);
    assertSame(mapped(inputs), inMemory); // found
    assertThat(cached()).hasSize(1);
  }

  @Test
  void aCorpusMovesToTheCacheWhenItIsLarge() throws IOException {
    Path small = write("1.txt", random(1, 2000, 90));
    Path large = write("2.txt", random(2, 3000, 90));
    cache = new CorpusCache(folder.resolve("cache"), 4000);
    assertThat(mapped(inputs(small)).content().inMemory()).isPositive();
    assertThat(cached()).isEmpty();
    assertSame(
        mapped(inputs(small, large)),
        inputs(small, large).read(SETTINGS, LIMITS, CorpusCache.none(), CorpusReading.UNSEEN));
    cache = new CorpusCache(folder.resolve("cache"), Long.MAX_VALUE);
    assertThat(mapped(inputs(small, large)).content().inMemory()).isPositive();
  }

  @Test
  void aLargeTextIsTheSameInAFileAnArchiveAndAPipe() throws IOException {
    String words = random(3, 30_000, 90) + "\n";
    String text = words.repeat(LARGE / words.length() + 2) + "end 中\u0301\r\n";
    Path large = write("large.txt", text);
    Path small = write("small.txt", "A small text.\n");
    Path again = write("again.txt", text);
    Corpus inMemory =
        inputs(small, large, again)
            .read(SETTINGS, LIMITS, CorpusCache.none(), CorpusReading.UNSEEN);
    assertThat(inMemory.text())
        .hasSize("A small text.\n\n".length() + text.length() - 1)
        .endsWith("\nend 中\u0301\n");
    assertThat(inMemory.notes()).singleElement().asString().contains("used once");
    Corpus mapped = mapped(inputs(small, large, again));
    assertSame(mapped, inMemory);
    Path zip = Files.write(folder.resolve("a.zip"), Packed.zip("large.txt", text));
    assertThat(mapped(inputs(zip)).textSha256())
        .isEqualTo(
            inputs(large)
                .read(SETTINGS, LIMITS, CorpusCache.none(), CorpusReading.UNSEEN)
                .textSha256());
    Corpus piped =
        mapped(CorpusInputs.of(List.of("-"), new ByteArrayInputStream(text.getBytes(UTF_8))));
    assertThat(piped.textSha256())
        .isEqualTo(
            inputs(large)
                .read(SETTINGS, LIMITS, CorpusCache.none(), CorpusReading.UNSEEN)
                .textSha256());
    assertThat(piped.content().inMemory()).isZero();
    assertThat(cached()).hasSize(2); // that of the pipe is not found again
  }

  /** Where documents end is in the cache; a repeated text that is taken away leaves none. */
  @ParameterizedTest
  @EnumSource(names = {"FILE", "LINE"})
  void documentsAreTheSameMapped(DocumentUnit.Kind kind) throws IOException {
    DecodingSettings documents = SETTINGS.withDocuments(new DocumentUnit(kind, null));
    String text = random(1, LARGE, 90);
    CorpusInputs inputs =
        inputs(write("1.txt", text), write("2.txt", text), write("3.txt", random(2, 500, 3000)));
    Corpus inMemory = inputs.read(documents, LIMITS, CorpusCache.none(), CorpusReading.UNSEEN);
    assertThat(inMemory.notes().toString())
        .containsPattern("2(,169)? documents: each .* is a document; dropped .* exact duplicate");
    for (int round = 0; round < 2; round++) { // made, found
      assertSame(inputs.read(documents, LIMITS, cache, CorpusReading.UNSEEN), inMemory);
    }
  }

  @Test
  void aChangedInputIsEncodedAgainInTheSamePlace() throws IOException {
    Path file = write("a/1.txt", random(1, 2000, 90));
    Path list = file.getParent();
    assertSame(
        mapped(inputs(list)),
        inputs(list).read(SETTINGS, LIMITS, CorpusCache.none(), CorpusReading.UNSEEN));
    List<String> before = cached();
    Files.writeString(file, random(2, 2000, 90));
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
    assertSame(
        mapped(inputs(list)),
        inputs(list).read(SETTINGS, LIMITS, CorpusCache.none(), CorpusReading.UNSEEN));
    write("a/2.txt", random(3, 2000, 90));
    assertSame(
        mapped(inputs(list)),
        inputs(list).read(SETTINGS, LIMITS, CorpusCache.none(), CorpusReading.UNSEEN));
    assertThat(cached()).isEqualTo(before);
    DecodingSettings other = new DecodingSettings(null, true);
    inputs(list).read(other, LIMITS, cache, CorpusReading.UNSEEN);
    assertThat(cached()).hasSize(2);
  }

  @Test
  void aDamagedFileIsEncodedAgain() throws IOException {
    Path file = write("1.txt", random(1, 2000, 90));
    mapped(inputs(file));
    Path made = cache.folder().resolve(cached().get(0));
    byte[] bytes = Files.readAllBytes(made);
    for (int cut : new int[] {0, 1, 100, bytes.length - 1}) {
      Files.delete(made); // a mapped file must not be cut off
      Files.write(made, java.util.Arrays.copyOf(bytes, cut));
      assertSame(
          mapped(inputs(file)),
          inputs(file).read(SETTINGS, LIMITS, CorpusCache.none(), CorpusReading.UNSEEN));
      assertThat(Files.readAllBytes(made)).isEqualTo(bytes);
    }
  }

  @Test
  void anInterruptedEncodingLeavesNothing() throws IOException {
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the cable was pulled");
          }
        };
    byte[] start = random(1, 2_000_000, 3000).getBytes(UTF_8);
    assertThat(start.length).isGreaterThan(LARGE + 1);
    InputStream in = new SequenceInputStream(new ByteArrayInputStream(start), failing);
    assertThatThrownBy(() -> mapped(CorpusInputs.of(List.of("-"), in)))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("the cable was pulled");
    Path good = write("1.txt", random(1, 2000, 90));
    Path bad =
        Files.write(
            folder.resolve("bad.txt"), new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0});
    assertThatThrownBy(() -> mapped(inputs(good, bad))).isInstanceOf(CorpusException.class);
    Path one = write("one.txt", "aaaa");
    assertThatThrownBy(() -> mapped(inputs(one)))
        .hasMessage("one.txt has fewer than 2 different characters; a text must have 2 to 65,536");
    assertThat(cached()).isEmpty();
  }

  @Test
  void whatAKilledProcessLeftIsRemoved() throws IOException {
    Files.createDirectories(cache.folder());
    Files.writeString(cache.folder().resolve("ab".repeat(16) + ".corpus.tmp"), "half");
    Files.writeString(cache.folder().resolve("another.tmp"), "not ours");
    assertThat(cache.entries()).hasSize(1);
    mapped(inputs(write("1.txt", random(1, 2000, 90))));
    assertThat(cached())
        .hasSize(2)
        .contains("another.tmp")
        .noneMatch(f -> f.endsWith("corpus.tmp"));
  }

  @Test
  void anInputThatChangesMeanwhileIsNotKept() throws IOException {
    Path file = write("1.txt", random(1, 2_000_000, 3000));
    boolean[] isChanged = new boolean[1];
    Corpus corpus =
        inputs(file)
            .read(
                SETTINGS,
                LIMITS,
                cache,
                (read, total) -> {
                  assertThat(read).isLessThanOrEqualTo(total);
                  if (!isChanged[0]) {
                    isChanged[0] = true;
                    try {
                      Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
                    } catch (IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  }
                });
    assertThat(isChanged[0]).isTrue();
    assertThat(corpus.textSha256())
        .isEqualTo(
            inputs(file)
                .read(SETTINGS, LIMITS, CorpusCache.none(), CorpusReading.UNSEEN)
                .textSha256());
    assertThat(EncodedCorpus.of(corpus).tokens().at(0)).isNotNegative();
    assertThat(cached()).isEmpty();
  }

  @Test
  void twoAtOnceShareOne() throws Exception {
    Path file = write("1.txt", random(1, 2_000_000, 3000));
    String sha256 =
        inputs(file).read(SETTINGS, LIMITS, CorpusCache.none(), CorpusReading.UNSEEN).textSha256();
    CountDownLatch waits = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Corpus> second =
          threads.submit(
              () -> {
                waits.await(60, TimeUnit.SECONDS);
                return mapped(inputs(file));
              });
      Corpus first =
          inputs(file)
              .read(
                  SETTINGS,
                  LIMITS,
                  cache,
                  (read, total) -> {
                    waits.countDown();
                  });
      assertThat(first.textSha256()).isEqualTo(sha256);
      assertThat(second.get(60, TimeUnit.SECONDS).textSha256()).isEqualTo(sha256);
      assertThat(cached()).hasSize(1);
      CorpusCache.Entry entry = cache.entries().get(0);
      assertThat(cache.delete(entry)).isFalse();
      first.close();
      first.close(); // counts once
      assertThat(cache.delete(entry)).isFalse();
      second.get().close();
      assertThat(cache.delete(entry)).isTrue();
      assertThat(cached()).isEmpty();
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aCorpusThatIsBeingEncodedIsWaitedFor() throws Exception {
    Path file = write("1.txt", random(1, 2_000_000, 3000));
    CountDownLatch waits = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(1);
    List<Future<Corpus>> second = new ArrayList<>();
    CorpusReading waiting =
        new CorpusReading() {
          @Override
          public void read(long read, long total) {}

          @Override
          public void waits() {
            waits.countDown();
          }
        };
    try {
      Corpus first =
          inputs(file)
              .read(
                  SETTINGS,
                  LIMITS,
                  cache,
                  (read, total) -> {
                    if (second.isEmpty() && read > 3_000_000) {
                      second.add(
                          threads.submit(
                              () -> inputs(file).read(SETTINGS, LIMITS, cache, waiting)));
                      try {
                        assertThat(waits.await(60, TimeUnit.SECONDS)).isTrue();
                      } catch (InterruptedException e) {
                        throw new AssertionError(e);
                      }
                    }
                  });
      assertThat(second.get(0).get(60, TimeUnit.SECONDS).textSha256())
          .isEqualTo(first.textSha256());
      assertThat(cached()).hasSize(1);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aCacheThatCannotBeWrittenIsSaid() throws IOException {
    Path taken = Files.writeString(folder.resolve("taken"), "a file");
    cache = new CorpusCache(taken, 0);
    assertThatThrownBy(() -> mapped(inputs(write("1.txt", "Some text.\n"))))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("cannot write to the cache of corpora, " + taken)
        .hasMessageContaining("CHARNN_CACHE");
  }
}
