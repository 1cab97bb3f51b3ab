package charnn.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.text.Normalizer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunDirectoryTest {
  private static final Path BUNDLED = Path.of("bundled.zip");

  @TempDir private Path models;

  @Test
  void aRunsFilesLieInItsFolder() {
    RunDirectory run = RunDirectory.named(models, "grimm");
    assertThat(run.path()).isEqualTo(models.resolve("grimm"));
    assertThat(run.name()).isEqualTo("grimm");
    assertThat(run.best()).isEqualTo(models.resolve("grimm/best.zip"));
    assertThat(run.last()).isEqualTo(models.resolve("grimm/last.zip"));
    assertThat(run.metrics()).isEqualTo(models.resolve("grimm/metrics.csv"));
    assertThat(run.samples()).isEqualTo(models.resolve("grimm/samples.txt"));
    assertThat(run.log()).isEqualTo(models.resolve("grimm/train.log"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "7", "grimm-2", "a b.c_d-e", "Ärger", "日本", "हिन्दी"})
  void takesNamesOfLettersDigitsAndAFewSigns(String name) {
    assumeFileSystemTakes(name);
    assertThat(RunDirectory.named(models, name).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ".", "..", "../x", "a/b", "a\\b", "-x", ".hidden", " a", "a\n", "a:b", "a\u0000"
      })
  void refusesNamesThatLeadOutOfTheFolderOrAreNoFolders(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunDirectory.named(models, name))
        .withMessage(
            "run's name must begin with a letter or digit and hold at most 100 letters, digits, '.', '_', '-' and spaces, got '"
                + name
                + "'");
  }

  @Test
  void refusesTooLongANameAndSaysWhy() {
    assertThat(RunDirectory.named(models, "x".repeat(100)).name()).hasSize(100);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunDirectory.named(models, "x".repeat(101)))
        .withMessageContaining("100");
  }

  @Test
  void refusesANameOfTooManyBytes() {
    assertThat(RunDirectory.named(models, "é".repeat(100)).name()).hasSize(100);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunDirectory.named(models, "日".repeat(86)))
        .withMessage("run's name must have at most 255 bytes in UTF-8, got 258");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has other limits of paths")
  void refusesAPathThatTheFileSystemDoesNotTake() throws IOException {
    RunDirectory.named(models, "x".repeat(100)).requirePossiblePaths();
    RunDirectory.named(models.resolve("absent"), "x").requirePossiblePaths();
    Path deep = models;
    for (int i = 0; i < 30; i++) {
      deep = deep.resolve("x".repeat(200));
    }
    RunDirectory tooDeep = RunDirectory.named(deep, "run");
    assertThatIllegalArgumentException()
        .isThrownBy(tooDeep::requirePossiblePaths)
        .withMessageContaining("File name too long");
  }

  @Test
  void aNamesSpellingMakesNoDifference() throws IOException {
    assumeFileSystemTakes("é");
    String composed = "café";
    String apart = Normalizer.normalize(composed, Normalizer.Form.NFD);
    assertThat(RunDirectory.named(models, apart).name()).isEqualTo(composed);
    assertThat(RunDirectory.nameFor(Path.of(apart + ".txt"))).isEqualTo(composed);
    Path best = save(apart, "best.zip", 1000);
    assertThat(RunDirectory.named(models, composed).exists()).isTrue();
    assertThat(RunDirectory.findModel(models, composed, BUNDLED)).isEqualTo(best);
  }

  @Test
  void saysWhatStandsInAModelsPlace() throws IOException {
    Path empty = Files.createDirectory(models.resolve("empty"));
    assertNoModel("empty", empty + " is a folder without a best.zip, last.zip or rollback.zip");
    assertNoModel(
        empty.toString(), empty + " is a folder without a best.zip, last.zip or rollback.zip");
    save("run", "best.zip", 1000);
    assertNoModel(
        models.toString(),
        models + " is a folder of runs; name one of them: " + models.resolve("run"));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need a privilege on Windows")
  void saysThatALinkLeadsToNothing() throws IOException {
    Path link = models.resolve("link.zip");
    Files.createSymbolicLink(link, Path.of("nowhere.zip"));
    String why = " is a link to nowhere.zip, which does not exist";
    assertNoModel(link.toString(), link + why);
    assertNoModel("link.zip", link + why);
    Path run = Files.createDirectory(models.resolve("run"));
    Files.createSymbolicLink(run.resolve("best.zip"), Path.of("nowhere.zip"));
    assertNoModel("run", run.resolve("best.zip") + why);
    assertNoModel("/dev/null", "/dev/null is a named pipe or a device");
  }

  private void assertNoModel(String name, String why) {
    assertThatThrownBy(() -> RunDirectory.findModel(models, name, BUNDLED))
        .isInstanceOf(ModelFileException.class)
        .hasMessage("no model can be read from '" + name + "': " + why);
  }

  @ParameterizedTest
  @CsvSource({
    "grimm.txt, grimm",
    "/a/b.c/grimm.txt, grimm",
    "anna-karenina-nl.txt, anna-karenina-nl",
    "archive.tar.gz, archive.tar",
    "no-extension, no-extension",
    "Les Misérables (tome 1).txt, Les-Misérables-tome-1-",
    ".txt, txt",
    "--x.txt, x",
    "!!!.txt, run",
    "日本.txt, 日本",
  })
  void aRunIsNamedAfterItsText(String file, String name) {
    assumeFileSystemTakes(file);
    assertThat(RunDirectory.nameFor(Path.of(file))).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "𝒜", "a𝒜", "!𝒜"})
  void aNameMadeFromALongFileNameIsAllowed(String part) {
    assumeFileSystemTakes(part);
    String name = RunDirectory.nameFor(Path.of(part.repeat(60) + ".txt"));
    assertThat(RunDirectory.named(models, name).name()).isEqualTo(name);
  }

  @Test
  void numbersARunWhoseNameIsTaken() throws IOException {
    for (String expected : new String[] {"grimm", "grimm-2", "grimm-3"}) {
      RunDirectory made = RunDirectory.createNumbered(models, "grimm");
      assertThat(made.name()).isEqualTo(expected);
      assertThat(made.path()).isEmptyDirectory();
      assertThat(made.create()).isFalse();
    }
  }

  @Test
  void aRunExistsOnceAModelIsSaved() throws IOException {
    RunDirectory run = RunDirectory.named(models, "a");
    assertThat(run.exists()).isFalse();
    Files.createDirectory(run.path());
    Files.createFile(run.metrics());
    assertThat(run.exists()).isFalse();
    Files.createFile(run.last());
    assertThat(run.exists()).isTrue();
  }

  @Test
  void theModelFileIsTheBestElseTheLast() throws IOException {
    RunDirectory run = RunDirectory.named(models, "a");
    assertThat(run.modelFile()).isEmpty();
    Files.createDirectory(run.path());
    Files.createFile(run.last());
    assertThat(run.modelFile()).hasValue(run.last());
    Files.createFile(run.best());
    assertThat(run.modelFile()).hasValue(run.best());
  }

  @Test
  void allRunsComeLastSavedFirst() throws IOException {
    save("a", "best.zip", 2000);
    save("b", "best.zip", 1000);
    save("b", "last.zip", 4000);
    save("c", "last.zip", 3000);
    Files.createDirectory(models.resolve("empty"));
    Files.createFile(models.resolve("stray.txt"));
    assertThat(RunDirectory.all(models))
        .extracting(RunDirectory::name)
        .containsExactly("b", "c", "a");
    assertThat(RunDirectory.all(models.resolve("absent"))).isEmpty();
  }

  @Test
  void runsThatAreSavedWhileTheyAreListedAreAllListed() throws Exception {
    for (int i = 0; i < 60; i++) {
      save("run" + i, "last.zip", i * 1000L);
    }
    AtomicBoolean stop = new AtomicBoolean();
    Thread saving =
        new Thread(
            () -> {
              for (int i = 0; !stop.get(); i++) {
                Path file = models.resolve("run" + i % 60).resolve("last.zip");
                assertThat(file.toFile().setLastModified(i * 7919L % 60_000)).isTrue();
              }
            });
    saving.start();
    try {
      for (int i = 0; i < 100; i++) {
        assertThat(RunDirectory.all(models)).hasSize(60);
      }
    } finally {
      stop.set(true);
      saving.join();
    }
  }

  @Test
  void withoutANameTheModelIsThatOfTheRunSavedLast() throws IOException {
    save("old", "best.zip", 1000);
    Path newest = save("new", "best.zip", 2000);
    assertThat(RunDirectory.findModel(models, null, BUNDLED)).isEqualTo(newest);
  }

  @Test
  void findsAModelByTheRunsName() throws IOException {
    Path old = save("old", "best.zip", 1000);
    save("new", "best.zip", 2000);
    assertThat(RunDirectory.findModel(models, "old", BUNDLED)).isEqualTo(old);
  }

  @Test
  void findsAModelByItsFileOrFolder() throws IOException {
    Path last = save("run", "last.zip", 1000);
    Path best = save("run", "best.zip", 1000);
    Path elsewhere = models.resolve("absent");
    assertThat(RunDirectory.findModel(elsewhere, last.toString(), BUNDLED)).isEqualTo(last);
    assertThat(RunDirectory.findModel(elsewhere, models.resolve("run").toString(), BUNDLED))
        .isEqualTo(best);
  }

  @Test
  void saysWhichModelsThereAre() throws IOException {
    save("old", "best.zip", 1000);
    save("new", "best.zip", 2000);
    assertThatThrownBy(() -> RunDirectory.findModel(models, "other", BUNDLED))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(
            "there is no model 'other'; in "
                + models
                + " there are: new, old; and there is the bundled one");
  }

  @Test
  void saysThatThereAreNoModelsYet() {
    assertThatThrownBy(() -> RunDirectory.findModel(models, "other", BUNDLED))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(
            "there is no model 'other'; there are none in "
                + models
                + " but the bundled one; train one with: charnn train");
  }

  @Test
  void theBundledModelIsTakenByItsNameOrWhereThereIsNoOther() throws IOException {
    assertThat(RunDirectory.findModel(models, null, BUNDLED)).isEqualTo(BUNDLED);
    assertThat(RunDirectory.findModel(models, "bundled", BUNDLED)).isEqualTo(BUNDLED);
    Path mine = save("mine", "best.zip", 1000);
    assertThat(RunDirectory.findModel(models, null, BUNDLED)).isEqualTo(mine);
    assertThat(RunDirectory.findModel(models, "bundled", BUNDLED)).isEqualTo(BUNDLED);
  }

  /** In some locales Java cannot name every file. */
  private static void assumeFileSystemTakes(String name) {
    Charset names = Charset.forName(System.getProperty("sun.jnu.encoding"));
    assumeThat(names.newEncoder().canEncode(name)).as("file names in %s", names).isTrue();
  }

  private Path save(String run, String name, long millis) throws IOException {
    Path folder = Files.createDirectories(models.resolve(run));
    Path file = Files.createFile(folder.resolve(name));
    return Files.setLastModifiedTime(file, FileTime.fromMillis(millis));
  }
}
