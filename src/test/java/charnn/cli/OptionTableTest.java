package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.cli.options.OptionNames;
import charnn.model.Hyperparameter;
import charnn.model.Hyperparameters;
import charnn.util.Setting;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** Settings have options, and commands a base. */
class OptionTableTest {
  private static Set<String> optionsOf(Object command) {
    return new CommandLine(command)
        .getCommandSpec().options().stream()
            .flatMap(
                option ->
                    option.negatable()
                        ? Stream.of(
                            option.longestName(), option.longestName().replace("--", "--no-"))
                        : Stream.of(option.names()))
            .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @EnumSource
  void everySettingIsCalledAsAnOptionIs(Setting setting) {
    Set<String> options =
        Cli.commands(null).entrySet().stream()
            .filter(command -> !command.getKey().equals("help"))
            .flatMap(command -> optionsOf(command.getValue().get()).stream())
            .collect(Collectors.toSet());
    assertThat(options).contains(OptionNames.of(setting));
  }

  @Test
  void everyHyperparameterIsAnOptionOfTraining() {
    assertThat(optionsOf(new TrainCommand(null)))
        .containsAll(
            Hyperparameters.table().stream()
                .map(Hyperparameter::setting)
                .map(OptionNames::of)
                .toList());
  }

  @Test
  void everyCommandButPicoclisOwnMakesARequest() {
    assertThat(Cli.commands(null).values())
        .map(Supplier::get)
        .filteredOn(command -> !(command instanceof CommandLine.HelpCommand))
        .allMatch(command -> command instanceof BaseCommand);
  }
}
