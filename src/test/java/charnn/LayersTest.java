package charnn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packages import only those below them, and libraries stay where they belong. */
class LayersTest {
  /** From the top; packages in one row do not know each other. */
  private static final String[][] LAYERS = {
    {"cli"},
    {"serve"},
    {"desk", "lab"},
    {"report"},
    {"train"},
    {"plan"},
    {"proofread"},
    {"eval", "generate", "fill", "explore"},
    {"predict", "optim"},
    {"checkpoint"},
    {"model"},
    {"engine"},
    {"nn"},
    {"data"},
    {"util"}
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("charnn");

  @Test
  void eachLayerImportsOnlyThoseBelowIt() {
    var rule =
        layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("main")
            .definedBy("charnn");
    for (String[] row : LAYERS) {
      for (String layer : row) {
        rule = rule.layer(layer).definedBy("charnn." + layer + "..");
      }
    }
    List<String> above = new ArrayList<>(List.of("main"));
    for (String[] row : LAYERS) {
      for (String layer : row) {
        rule = rule.whereLayer(layer).mayOnlyBeAccessedByLayers(above.toArray(String[]::new));
      }
      above.addAll(Arrays.asList(row));
      if (row[0].equals("cli")) {
        above.remove("main"); // It knows the command line only.
      }
    }
    rule.check(CLASSES);
  }

  @Test
  void everyPackageHasItsLayer() {
    List<String> known = Arrays.stream(LAYERS).flatMap(Arrays::stream).toList();
    assertThat(CLASSES)
        .extracting(c -> c.getPackageName())
        .filteredOn(name -> !name.equals("charnn"))
        .allMatch(name -> known.contains(name.split("\\.")[1]));
  }

  @Test
  void noPackagesImportEachOther() {
    slices().matching("charnn.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource({
    "picocli.., charnn.cli..,",
    "jdk.incubator.vector.., charnn.engine.simd..,",
    "org.jline.terminal.., charnn.desk..,",
    "io.netty.., charnn.serve.http..,",
    "org.apache.commons.compress.., charnn.data.input..,",
    "org.tukaani.., charnn.data.input..,",
    "com.github.luben.., charnn.data.input..,",
    "org.jsoup.., charnn.data.input..,",
    "org.apache.pdfbox.., charnn.data.input..,",
    "org.knowm.xchart.., charnn.report.., charnn.lab..",
    "org.apache.batik.., charnn.report.figure..,",
    "org.deeplearning4j.., charnn.engine.dl4j.., charnn.lab..",
    "org.nd4j.., charnn.engine.dl4j.., charnn.lab..",
  })
  void aLibraryStaysWhereItBelongs(String library, String home, String other) {
    noClasses()
        .that()
        .resideOutsideOfPackages(other == null ? new String[] {home} : new String[] {home, other})
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }

  /** The launchers start commands that name no packed corpus without the readers' libraries. */
  @Test
  void plainTextsAreReadWithoutALibrary() {
    noClasses()
        .that()
        .resideInAPackage("charnn.data.input..")
        .and()
        .haveNameMatching(
            ".*\\.(Corpus\\w+|Include|InputReader|Place|Selection|HtmlEncoding)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org..", "com..")
        .check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource({
    "reference, simd, dl4j",
    "simd, reference, dl4j",
    "dl4j, reference, simd",
  })
  void enginesDoNotKnowEachOther(String engine, String second, String third) {
    noClasses()
        .that()
        .resideInAPackage("charnn.engine." + engine + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("charnn.engine." + second + "..", "charnn.engine." + third + "..")
        .check(CLASSES);
  }
}
