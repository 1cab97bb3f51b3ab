package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.checkpoint.ModelFile;
import charnn.cli.console.ExitCode;
import charnn.data.SpecialSymbols;
import charnn.data.ValidationFrom;
import charnn.model.Model;
import charnn.model.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A corpus of documents, from its training to its text. */
class DocumentsCliTest {
  private static final String SMALL = " --hidden 12 --batch-size 8 --seq-length 16 --engine simd ";

  @TempDir private Path folder;

  private CommandRun charnn(String args) {
    return CommandRun.of(folder, args.strip().split(" +"));
  }

  private CommandRun done(String args) {
    CommandRun run = charnn(args);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private Model model(String name) throws IOException {
    return ModelFile.read(folder.resolve("models").resolve(name).resolve("last.zip"));
  }

  /** Writes 300 names, and three of them again. */
  private Path names() throws IOException {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < 303; i++) {
      names.append("an").append(Integer.toString(1000 + i % 300, 7)).append("a\n");
    }
    return Files.writeString(folder.resolve("names.txt"), names);
  }

  private CommandRun trainNames(String more) throws IOException {
    return done("train --corpus " + names() + " --records line --name names" + SMALL + more);
  }

  @Test
  void namesAreLearntAndWrittenOneByOne() throws IOException {
    CommandRun run = trainNames("--steps 300 --learning-rate 0.02");
    assertThat(run.err())
        .contains("300 documents: each line is a document; dropped 3 exact duplicates\n")
        .containsPattern("for validation in whole\\s+(charnn: +)?documents; vocabulary of 10")
        .contains("documents: each begins at zero state, and its end is learnt");
    Model model = model("names");
    assertThat(model.network().architecture().documents()).isTrue();
    assertThat(model.hyperparameters().validationFrom()).isEqualTo(ValidationFrom.SPREAD);
    String text = done("sample --model names --length 300 --seed 1").out();
    assertThat(text).doesNotContain(SpecialSymbols.DOCUMENT_MARK).startsWith("an");
    assertThat(text.lines().count()).isBetween(30L, 50L);
    CommandRun each = done("sample --model names --until document --count 5 --seed 1");
    assertThat(each.out().split("\n\n")).hasSize(5).allMatch(name -> name.matches("\\w+\n?"));
    assertThat(done("sample --model names --until document --json --top 3 --seed 1").out())
        .contains("\"ended\":\"until\"")
        .doesNotContain(SpecialSymbols.DOCUMENT_MARK);
    assertThat(done("continue --model names an5 --until document --seed 1").out())
        .matches("an5\\w*\n");
    assertThat(done("sample --model names --match [a-z0-9]{3,40} --seed 1").out())
        .matches("[a-z0-9]+\n");
    CommandRun info = done("info --model names");
    assertThat(info.out())
        .containsPattern("documents   each line is a document; each begins at\\s+zero state")
        .contains("vocabulary  9 characters and the document mark (U+10FFFF): 0123456an")
        .containsPattern("validation\\s+0.1\\s+spread\\s+over\\s+it");
    assertThat(done("info --model names --json").out())
        .contains("\"documents\": true")
        .doesNotContain(SpecialSymbols.DOCUMENT_MARK);
  }

  @Test
  void theValidationSetIsEvaluatedAsInTraining() throws IOException {
    trainNames("--steps 40");
    Path book = Files.writeString(folder.resolve("book.txt"), "once upon a time. ".repeat(400));
    done("train --validation-from spread --name book --steps 40 --corpus " + book + SMALL);
    for (String name : List.of("names", "book")) {
      List<Progress.Evaluation> evaluations = model(name).progress().evaluations();
      double loss = evaluations.get(evaluations.size() - 1).validation().loss();
      String last = folder.resolve("models").resolve(name).resolve("last.zip").toString();
      CommandRun eval =
          done(
              "eval --validation --json --model %s --corpus %s"
                  .replaceFirst("%s", last)
                  .replaceFirst("%s", folder.resolve(name + ".txt").toString()));
      String measured = eval.out().replaceAll("(?s).*\"nats_per_character\": ([0-9.]+).*", "$1");
      assertThat(Double.parseDouble(measured))
          .as(eval.out())
          .isCloseTo(loss, org.assertj.core.data.Offset.offset(1e-6));
    }
    assertThat(model("book").network().architecture().documents()).isFalse();
  }

  @Test
  void severalFilesAreDocumentsUnlessTheyAreJoined() throws IOException {
    Path texts = Files.createDirectories(folder.resolve("texts"));
    for (int i = 0; i < 20; i++) {
      Files.writeString(texts.resolve("t" + i), ("tale " + i + " is told\n").repeat(5));
    }
    Files.writeString(texts.resolve("again"), "tale 3 is told\n".repeat(5));
    String train = "train --corpus " + texts + SMALL + "--steps 3 --name ";
    CommandRun files = done(train + "files");
    assertThat(files.err())
        .contains(
            "20 documents: each file is a document; dropped 1 exact duplicate\n",
            "used once, being the text of another");
    assertThat(model("files").network().architecture().documents()).isTrue();
    CommandRun joined = done(train + "joined --records none");
    assertThat(joined.err()).doesNotContain("documents");
    assertThat(model("joined").network().architecture().documents()).isFalse();
    assertThat(model("joined").hyperparameters().validationFrom()).isEqualTo(ValidationFrom.LAST);
    done(train + "one --records file".replace(texts.toString(), texts.resolve("t0").toString()));
    CommandRun one = done("plan --steps 3 --engine simd --corpus " + texts.resolve("t0"));
    assertThat(one.out()).doesNotContain("documents");
    CommandRun split = done(train + "split --split-on (?m)$");
    assertThat(split.err()).contains("20 documents: documents end at matches of (?m)$; dropped");
  }

  @Test
  void aRunIsResumedWithItsDocuments() throws IOException {
    trainNames("--steps 5");
    done("train --resume --name names --steps 8");
    done("train --resume --name names --steps 9 --records line");
    CommandRun other = charnn("train --resume --name names --steps 10 --records blank-line");
    assertThat(other.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(other.err())
        .contains("in the run, each line is a document; leave --records and --split-on out");
    CommandRun spread = charnn("train --resume --name names --steps 10 --validation-from last");
    assertThat(spread.err()).contains("it cannot be resumed with --validation-from last");
    done("train --init-from names --name next --steps 3 --corpus " + names());
    assertThat(model("next").network().architecture().documents()).isTrue();
  }

  @Test
  void aModelThatKnewNoDocumentsLearnsThem() throws IOException {
    Path names = names();
    done("train --corpus " + names + " --name text --steps 3" + SMALL);
    done("train --init-from text --name names --records line --steps 3 --corpus " + names);
    Model before = model("text");
    Model after = model("names");
    assertThat(after.network().architecture().documents()).isTrue();
    assertThat(after.vocabulary().size()).isEqualTo(before.vocabulary().size() + 1);
    CommandRun mixed = charnn("sample --model text --model names --length 5");
    assertThat(mixed.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(mixed.err()).contains("one was trained on documents, the other on one text");
    CommandRun until = charnn("sample --model text --until document");
    assertThat(until.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(until.err()).contains("--until document needs a model of documents");
  }

  @Test
  void aPairOfModelsFillsAndReadsDocuments() throws IOException {
    trainNames("--steps 30 --direction both");
    assertThat(done("fill --model names an3___a").out())
        .doesNotContain(SpecialSymbols.DOCUMENT_MARK);
    assertThat(done("continue --model names --before 3a --until document --seed 2").out())
        .doesNotContain(SpecialSymbols.DOCUMENT_MARK)
        .endsWith("3a\n");
    Path text = Files.writeString(folder.resolve("some.txt"), "an1234a\nan2345a\n");
    done("proofread --model names " + text);
    done("score --json --model names " + text);
    CommandRun lines = done("score --json --lines --model names " + text);
    assertThat(lines.code()).isZero();
  }

  @Test
  void whatCannotBeIsRefused() throws IOException {
    Path names = names();
    CommandRun engine =
        charnn("train --records line --engine dl4j --windows random --corpus " + names);
    assertThat(engine.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(engine.err())
        .contains(
            "--engine dl4j cannot begin a document at zero state within a text; omit --engine");
    CommandRun both = charnn("plan --records line --split-on x --corpus " + names);
    assertThat(both.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(both.err()).contains("--split-on and --records exclude each other");
    CommandRun none = charnn("plan --split-on (x --corpus " + names);
    assertThat(none.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(none.err().toLowerCase(Locale.ROOT)).contains("'(x' is no regular expression");
  }
}
