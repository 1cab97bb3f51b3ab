package charnn.cli;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.options.ModelsDirOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/**
 * {@code charnn generate-completion}. Picocli's script completes commands, options and fixed
 * values. A function in front of it completes names of runs and several files.
 */
@Command(
    header = "Generate bash/zsh completion script for charnn.",
    description = {
      "Generate bash/zsh completion script for charnn.",
      "Run the following command to give `charnn` TAB completion in the current shell:",
      "",
      "  source <(charnn generate-completion)",
      ""
    })
final class CompletionCommand extends BaseCommand<CommandLine> {
  @Spec private CommandSpec spec;

  CompletionCommand(Console console) {
    super(console);
  }

  @Override
  CommandLine request() {
    return spec.root().commandLine();
  }

  @Override
  ExitCode execute(CommandLine charnn) {
    console.out().print(AutoComplete.bash(charnn.getCommandName(), charnn) + '\n' + own(charnn));
    return ExitCode.DONE;
  }

  private String own(CommandLine charnn) {
    return format(
        """
        # Completes the value of the option before the cursor: a run, a model, files, a folder.
        function _charnn() {
          local current=${COMP_WORDS[COMP_CWORD]} at option=
          for ((at = COMP_CWORD - 1; at > 0; at--)); do
            case ${COMP_WORDS[at]} in -*) option=${COMP_WORDS[at]}; break ;; esac
          done
          local position=$((COMP_CWORD - at)) # 1: directly after the option
          if [ "$current" = '=' ]; then
            current=
            position=1
          elif [ "$position" = 2 ] && [ "${COMP_WORDS[at + 1]}" = '=' ]; then
            position=1
          fi
          COMPREPLY=()
          case $current in -*) _complete_charnn; return ;; esac
          case $position:$option in
            %s) _charnn_files -f ;;
            %s) _charnn_runs; _charnn_files -f ;;
            %s) _charnn_files -d ;;
            1:--name) case " ${COMP_WORDS[*]} " in *' --resume '*) _charnn_runs ;; esac ;;
            *)
              if [ "$COMP_CWORD" -gt 1 ] && { [ "$at" = 0 ] || [ "$position" -gt 1 ]; }; then
                case ${COMP_WORDS[1]} in %s) _charnn_runs; _charnn_files -f; return ;; esac
              fi
              if [ "${COMP_WORDS[1]}" = help ] && [ "$COMP_CWORD" = 2 ]; then
                COMPREPLY=($(compgen -W '%s' -- "$current"))
              else
                _complete_charnn
              fi
              ;;
          esac
        }

        # Adds files (-f) or folders (-d).
        function _charnn_files() {
          type compopt &>/dev/null && compopt -o filenames
          local IFS=$'\\n'
          COMPREPLY+=($(compgen "$1" -- "$current"))
        }

        # Adds the names of runs in the folder of --models-dir, else charnn's own.
        function _charnn_runs() {
          local models=%s at run begun=${current//\\\\/}
          for ((at = 1; at < COMP_CWORD - 1; at++)); do
            if [ "${COMP_WORDS[at]}" = --models-dir ]; then
              models=${COMP_WORDS[at + 1]}
              models=${models//\\\\/}
              models=${models//\\"/}
              models=${models//\\'/}
              models=${models/#\\~/$HOME}
            fi
          done
          type compopt &>/dev/null && compopt -o filenames
          for run in "$models"/*/; do
            [ -e "$run/last.zip" ] || [ -e "$run/best.zip" ] || continue
            run=${run%%/}
            run=${run##*/}
            case $run in "$begun"*) COMPREPLY+=("$run") ;; esac
          done
        }

        complete -F _charnn -o default charnn
        """,
        pattern(charnn, option -> hasLabel(option, "FILE")),
        pattern(charnn, option -> hasLabel(option, "NAME|FILE")),
        pattern(charnn, option -> hasLabel(option, "DIR")),
        commandsOfRuns(charnn),
        String.join(" ", charnn.getSubcommands().keySet()),
        quoted(new ModelsDirOption().path(console).toAbsolutePath().toString()));
  }

  private static boolean hasLabel(OptionSpec option, String label) {
    return option.paramLabel().equals(label);
  }

  /** Returns a shell pattern of the commands whose arguments are runs. */
  private static String commandsOfRuns(CommandLine charnn) {
    return charnn.getSubcommands().entrySet().stream()
        .filter(
            command ->
                command.getValue().getCommandSpec().positionalParameters().stream()
                    .anyMatch(argument -> argument.paramLabel().equals("RUN")))
        .map(Map.Entry::getKey)
        .collect(Collectors.joining(" | "));
  }

  /**
   * Returns the options of all commands, and those of their own commands that no other one has. The
   * same name may mean a file in an experiment, and a model elsewhere.
   */
  private static Stream<OptionSpec> options(CommandLine charnn) {
    List<OptionSpec> options =
        charnn.getSubcommands().values().stream().flatMap(CompletionCommand::optionsOf).toList();
    Set<String> names = options.stream().map(OptionSpec::longestName).collect(Collectors.toSet());
    return Stream.concat(
        options.stream(),
        charnn.getSubcommands().values().stream()
            .flatMap(command -> command.getSubcommands().values().stream())
            .flatMap(CompletionCommand::optionsOf)
            .filter(option -> !names.contains(option.longestName())));
  }

  private static Stream<OptionSpec> optionsOf(CommandLine command) {
    return command.getCommandSpec().options().stream();
  }

  /** Returns a shell pattern of POSITION:OPTION for the options of all commands. */
  private static String pattern(CommandLine charnn, Predicate<OptionSpec> which) {
    return options(charnn)
        .filter(which)
        .map(option -> (option.arity().max() > 1 ? "*:" : "1:") + option.longestName())
        .distinct()
        .collect(Collectors.joining(" | "));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
