package charnn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Imports go down the layers, never up. */
class LayersTest {
  private static final String[] FROM_TOP = {
    "cli", "report", "train", "generate", "score", "engine", "model", "text", "util"
  };

  private final JavaClasses classes =
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
    for (String layer : FROM_TOP) {
      rule = rule.layer(layer).definedBy("charnn." + layer + "..");
    }
    rule = rule.whereLayer("cli").mayOnlyBeAccessedByLayers("main");
    for (int i = 1; i < FROM_TOP.length; i++) {
      rule =
          rule.whereLayer(FROM_TOP[i])
              .mayOnlyBeAccessedByLayers(java.util.Arrays.copyOf(FROM_TOP, i));
    }
    rule.check(classes);
  }

  @Test
  void onlyItsOwnEngineImportsDl4j() {
    noClasses()
        .that()
        .resideOutsideOfPackage("charnn.engine.dl4j..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..")
        .check(classes);
  }

  @Test
  void theEnginesDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage("charnn.engine.scalar..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("charnn.engine.dl4j..")
        .check(classes);
  }
}
