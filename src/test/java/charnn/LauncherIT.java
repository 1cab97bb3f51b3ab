package charnn;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.cli.LaunchFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Starts the real launcher, after the jar is built. */
@DisabledOnOs(
    value = OS.WINDOWS,
    disabledReason = "Windows starts charnn.cmd, not this shell script")
class LauncherIT {
  private static final Path LAUNCHER = Path.of("scripts", "charnn").toAbsolutePath();

  @TempDir private Path folder;

  private record Result(int code, String out, String err) {}

  /** The first start after a build also prepares faster ones, and says so. */
  @BeforeAll
  static void startOnce() throws IOException, InterruptedException {
    Process first =
        new ProcessBuilder(LAUNCHER.toString(), "--version")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(first.waitFor(5, TimeUnit.MINUTES)).isTrue();
  }

  private Result run(Path launcher, Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(args));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return new Result(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  @Test
  void trainsAndContinuesFromAnyFolderThroughALinkWithSpacesAndAccents()
      throws IOException, InterruptedException {
    Path spaced = Files.createDirectories(folder.resolve("a folder"));
    Path link = Files.createSymbolicLink(spaced.resolve("my charnn"), LAUNCHER);
    Path text = Files.writeString(folder.resolve("un café.txt"), "le café et le thé. ".repeat(60));
    String models = folder.resolve("my models").toString();
    // A locale that is not installed, as many containers get from the outside.
    Map<String, String> environment = Map.of("LC_ALL", "xx_XX.UTF-8");
    Result trained =
        run(
            link,
            environment,
            "train",
            "--corpus",
            text.toString(),
            "--models-dir",
            models,
            "--name",
            "café",
            "--hidden",
            "16",
            "--layers",
            "1",
            "--steps",
            "60");
    assertThat(trained.err).contains("run 'café'").doesNotContain("WARNING");
    assertThat(trained.code).isZero();
    assertThat(trained.out).hasSizeBetween(500, 501); // and perhaps a line's end
    environment = Map.of("LC_ALL", "C"); // ASCII only
    Result continued =
        run(
            link,
            environment,
            "continue",
            "--models-dir",
            models,
            "--raw",
            "--length",
            "10",
            "le café");
    assertThat(continued.out).startsWith("le café").hasSize("le café".length() + 10);
    assertThat(continued.err).doesNotContain("does not know");
    assertThat(continued.code).isZero();
  }

  @Test
  void onlyItsOwnEngineStartsNd4j() throws IOException, InterruptedException {
    Path text = Files.writeString(folder.resolve("text.txt"), "so it goes. ".repeat(60));
    String models = folder.toString();
    List<String> train = new ArrayList<>(List.of("train", "--models-dir", models, "--name", "own"));
    train.addAll(List.of("--corpus", text.toString(), "--hidden", "8", "--windows", "random"));
    train.addAll(List.of("--engine", "dl4j", "--steps", "1"));
    assertThat(run(LAUNCHER, Map.of(), train.toArray(String[]::new)).code).isZero();
    String[] resume = {
      "train", "--resume", "--models-dir", models, "--name", "own", "--steps", "2"
    };
    assertThat(run(LAUNCHER, Map.of(), resume).err).contains("resuming at step 1");

    Path classes = folder.resolve("classes.log");
    Map<String, String> logged = Map.of("CHARNN_JAVA_OPTS", "-Xlog:class+load:file=" + classes);
    String[] sample = {
      "sample", "--models-dir", models, "--raw", "--length", "20", "--prompt", "not dl4j"
    };
    assertThat(run(LAUNCHER, logged, sample).out).hasSize(20);
    assertThat(Files.readString(classes))
        .contains("charnn.generate.Generator")
        .doesNotContain("org.nd4j", "org.deeplearning4j", "org.bytedeco");
    sample[sample.length - 2] = "--engine";
    sample[sample.length - 1] = "DL4J";
    assertThat(run(LAUNCHER, logged, sample).out).hasSize(20);
    assertThat(Files.readString(classes)).contains("org.nd4j");
  }

  @Test
  void whatTheJvmItselfSaysGetsThroughButItsIncubatorLine()
      throws IOException, InterruptedException {
    for (String command : new String[] {"bench", "--version"}) { // with the Vector API, and without
      Result broken = run(LAUNCHER, Map.of("CHARNN_JAVA_OPTS", "-XX:Nonsense"), command);
      assertThat(broken.code).isEqualTo(1);
      assertThat(broken.err).contains("Unrecognized VM option 'Nonsense'");
    }
    Result own = run(LAUNCHER, Map.of(), "sample", "--model", "nobody");
    assertThat(own.code).isEqualTo(1);
    assertThat(own.err.lines()).hasSize(1).first().asString().contains("no model 'nobody'");
  }

  @Test
  void theUsersDescriptorsStayTheUsers() throws IOException, InterruptedException {
    Path text = Files.writeString(folder.resolve("text.txt"), "so it goes. ".repeat(60));
    String redirected =
        "exec '%s' train --corpus /dev/fd/9 /dev/fd/3 --models-dir '%s' --name d --hidden 8 --steps 2"
            .formatted(LAUNCHER, folder);
    for (String taken : new String[] {"", " 4<'%1$s' 5<'%1$s' 6<'%1$s' 7<'%1$s' 8<'%1$s'"}) {
      String command = redirected.replace("--name d", "--name d" + taken.length());
      String script = command + (" 3<'%1$s' 9<'%1$s'" + taken).formatted(text);
      Result result = run(Path.of("/bin/sh"), Map.of(), "-c", script);
      assertThat(result.err).contains("saved");
      assertThat(result.code).isZero();
      assertThat(result.out).hasSizeBetween(500, 501);
    }
  }

  @Test
  void aRunOutlivesTheBuildItWasStartedFrom() throws IOException, InterruptedException {
    Path target = Files.createDirectories(folder.resolve("target"));
    for (String file : new String[] {"charnn.jar", "classpath"}) {
      Files.copy(Path.of("target", file), target.resolve(file));
    }
    LaunchFiles.main(new String[] {target.toString()});
    Path text = Files.writeString(folder.resolve("text.txt"), "so it goes on. ".repeat(200));
    Path err = folder.resolve("err");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("@" + target.resolve("launch/train.options"), "-Xshare:off"));
    command.addAll(List.of("charnn.Main", "train", "--corpus", text.toString(), "--name", "run"));
    command.addAll(List.of("--models-dir", folder.toString(), "--hidden", "16"));
    command.addAll(List.of("--steps", "1000000"));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(err.toFile())
            .start();
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    Path metrics = folder.resolve("run/metrics.csv");
    while (process.isAlive() && !Files.exists(metrics) && System.nanoTime() < deadline) {
      Thread.sleep(20);
    }
    try (Stream<Path> built = Files.walk(target)) {
      for (Path file : built.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    process.destroy(); // SIGTERM
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(Files.readString(err)).contains("saved at step").doesNotContain("NoClassDef");
  }

  @Test
  void whatJavaSaysOfItsOptionsIsOneLine() throws IOException, InterruptedException {
    for (String option : new String[] {"-Xfoo", "-XX:Nonsense", "-Xmx1m", "-Xmx2m"}) {
      for (String command : new String[] {"sample", "--version"}) {
        Result broken = run(LAUNCHER, Map.of("CHARNN_JAVA_OPTS", option), command);
        assertThat(broken.code).as("%s %s", command, option).isEqualTo(1);
        assertThat(broken.err).startsWith("charnn: ").hasLineCount(1);
      }
    }
  }

  @Test
  void withoutAFolderForTemporaryFilesNothingIsSaidOfIt() throws IOException, InterruptedException {
    Map<String, String> nowhere = Map.of("TMPDIR", folder.resolve("none").toString());
    Result result =
        run(LAUNCHER, nowhere, "sample", "--model", "bundled", "--raw", "--length", "5");
    assertThat(result.out).hasSize(5);
    assertThat(result.err).startsWith("charnn: model").hasLineCount(1);
  }

  @Test
  void otherCollectorsMayBeChosen() throws IOException, InterruptedException {
    Map<String, String> parallel = Map.of("CHARNN_JAVA_OPTS", "-XX:+UseParallelGC");
    assertThat(run(LAUNCHER, parallel, "sample", "--raw", "--length", "5").out).hasSize(5);
    assertThat(run(LAUNCHER, parallel, "info").out).contains("parameters");
  }

  @Test
  void whatNeedsNoVectorApiRunsWithoutIt() throws IOException, InterruptedException {
    Result version = run(LAUNCHER, Map.of(), "--version");
    assertThat(version.err).isEmpty();
    assertThat(version.out).startsWith("charnn 0.");
    Result info = run(LAUNCHER, Map.of(), "info", "--model", "bundled");
    assertThat(info.err).isEmpty();
    assertThat(info.out).contains("parameters");
    Result text = run(LAUNCHER, Map.of(), "continue", "--raw", "--length", "5", "--", "-h");
    assertThat(text.out).startsWith("-h").hasSize("-h".length() + 5);
    assertThat(text.err).doesNotContain("slow engine");
    Result value = run(LAUNCHER, Map.of(), "sample", "--raw", "--length", "5", "--prompt", "-V");
    assertThat(value.out).hasSize(5);
    assertThat(value.err).doesNotContain("slow engine");
  }

  @Test
  void withoutTheVectorApiTheScalarEngineRunsAndSaysSo() throws IOException, InterruptedException {
    Path text = Files.writeString(folder.resolve("text.txt"), "so it goes. ".repeat(60));
    String classPath =
        Path.of("target", "charnn.jar").toAbsolutePath()
            + ":"
            + Files.readString(Path.of("target", "classpath")).strip();
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                "charnn.Main",
                "train",
                "--corpus",
                text.toString(),
                "--models-dir",
                folder.toString(),
                "--hidden",
                "8",
                "--steps",
                "2")
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(Files.readString(err))
        .contains("without --add-modules jdk.incubator.vector", "; using the slow engine");
  }

  @Test
  void withoutVectorsTheScalarEngineRunsAndSaysSo() throws IOException, InterruptedException {
    Map<String, String> tooShort = Map.of("CHARNN_JAVA_OPTS", "-XX:MaxVectorSize=8");
    Result result =
        run(LAUNCHER, tooShort, "sample", "--model", "bundled", "--raw", "--length", "5");
    assertThat(result.out).hasSize(5);
    assertThat(result.err).contains("no vectors of four numbers", "using the slow engine");
  }

  @Test
  void passesTheExitCodeOn() throws IOException, InterruptedException {
    assertThat(run(LAUNCHER, Map.of(), "sample", "--temperature", "-1").code).isEqualTo(2);
    assertThat(run(LAUNCHER, Map.of(), "sample", "--model", "nobody").code).isEqualTo(1);
  }

  @Test
  void anInterruptSavesAndExitsWith130() throws IOException, InterruptedException {
    Path text =
        Files.writeString(folder.resolve("text.txt"), "so it goes on and on and on. ".repeat(200));
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(
                LAUNCHER.toString(),
                "train",
                "--corpus",
                text.toString(),
                "--models-dir",
                folder.toString(),
                "--name",
                "run",
                "--hidden",
                "16",
                "--steps",
                "1000000")
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(err.toFile())
            .start();
    Path metrics = folder.resolve("run/metrics.csv");
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (process.isAlive() && !Files.exists(metrics) && System.nanoTime() < deadline) {
      Thread.sleep(20);
    }
    process.destroy(); // SIGTERM, which may come twice: to all processes, and from a script
    process.destroy();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(folder.resolve("run/last.zip")).isNotEmptyFile();
    assertThat(Files.readString(err))
        .contains("saved at step", "charnn train --resume --name 'run'");
  }

  @Test
  void anInterruptBeforeTheRunBeginsExitsWith130Too() throws IOException, InterruptedException {
    Path text = Files.writeString(folder.resolve("text.txt"), "so it goes on. ".repeat(200));
    Path err = folder.resolve("err");
    List<String> command = new ArrayList<>(List.of(LAUNCHER.toString(), "train", "--time", "1h"));
    command.addAll(List.of("--corpus", text.toString(), "--models-dir", folder.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(err.toFile())
            .start();
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!Files.readString(err).contains("measuring") && System.nanoTime() < deadline) {
      Thread.sleep(5);
    }
    process.destroy(); // SIGTERM
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(Files.readString(err)).contains("interrupted");
  }

  /** Only what the launcher needs is on the path, and a wrapper that tells how it was called. */
  @Test
  void withoutMavenTheWrapperBuilds() throws IOException, InterruptedException {
    Path home = folder.resolve("home");
    Path bin = Files.createDirectories(home.resolve("bin"));
    Files.createDirectories(home.resolve("src/main"));
    Files.createFile(home.resolve("pom.xml"));
    Path launcher = Files.createDirectories(home.resolve("scripts")).resolve("charnn");
    Files.copy(LAUNCHER, launcher, StandardCopyOption.COPY_ATTRIBUTES);
    for (String tool : List.of("sh", "find", "grep", "tail", "mkdir", "touch", "sed", "readlink")) {
      String script = "#!/bin/sh\nPATH=/usr/bin:/bin exec " + tool + " \"$@\"\n";
      executable(bin.resolve(tool), script);
    }
    executable(home.resolve("mvnw"), "#!/bin/sh\necho \"called with $*\"\nexit 1\n");
    Map<String, String> environment =
        Map.of("PATH", bin.toString(), "JAVA_HOME", System.getProperty("java.home"));
    Result withoutUnzip = run(launcher, environment, "--version");
    assertThat(withoutUnzip.code).isEqualTo(1);
    assertThat(withoutUnzip.err)
        .startsWith("charnn: Maven is not installed")
        .contains("unzip")
        .hasLineCount(1);
    executable(bin.resolve("unzip"), "#!/bin/sh\n");
    Result wrapped = run(launcher, environment, "--version");
    assertThat(wrapped.code).isEqualTo(1);
    assertThat(wrapped.err).contains("building", "called with -B -q", "the build failed");
  }

  private static void executable(Path file, String script) throws IOException {
    Files.writeString(file, script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void aMissingOrTooOldJavaGetsOneLine() throws IOException, InterruptedException {
    Result missing = run(LAUNCHER, Map.of("JAVA_HOME", folder.toString()), "--help");
    assertThat(missing.code).isEqualTo(1);
    assertThat(missing.err)
        .startsWith("charnn: JAVA_HOME is")
        .contains("Java 17 or later")
        .hasLineCount(1);

    Path old = Files.createDirectories(folder.resolve("old/bin"));
    Path java =
        Files.writeString(
            old.resolve("java"), "#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Result tooOld = run(LAUNCHER, Map.of("JAVA_HOME", old.getParent().toString()), "--help");
    assertThat(tooOld.code).isEqualTo(1);
    assertThat(tooOld.err).contains("Java 17 or later is needed", "11.0.2").hasLineCount(1);
  }

  @Test
  void severalTextsGetTheOptionsOfABatch() throws IOException, InterruptedException {
    // Its class archives are those of the real Java; of charnn, it starts none.
    Path java = Path.of(System.getProperty("java.home"));
    Path fake = Files.createDirectories(folder.resolve("fake/bin"));
    Files.copy(java.resolve("release"), fake.resolveSibling("release"));
    executable(fake.resolve("java"), "#!/bin/sh\nfor word; do echo \"$word\"; done\n");
    Map<String, String> environment = Map.of("JAVA_HOME", fake.getParent().toString());
    String[] batches = {
      "sample --count 2",
      "sample --best-of=2",
      "continue x --temperature 0.2,0.5",
      "sample --temperature=1,2",
    };
    for (String batch : batches) {
      assertThat(run(LAUNCHER, environment, batch.split(" ")).out)
          .as(batch)
          .containsPattern("@.*/(sample|continue)-batch\\.options\n");
    }
    String[] others = {
      "sample --temperature 0.5 --prompt a,b",
      "sample --prompt=x,--temperature",
      "continue -- --count",
      "sample --length 10",
    };
    for (String other : others) {
      assertThat(run(LAUNCHER, environment, other.split(" ")).out)
          .as(other)
          .containsPattern("@.*/(sample|continue)\\.options\n");
    }
    assertThat(run(LAUNCHER, environment, "eval", "--count", "2").out)
        .contains("/eval.options")
        .doesNotContain("batch");
  }
}
