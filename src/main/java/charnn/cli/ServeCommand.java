package charnn.cli;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.console.Interrupts;
import charnn.cli.options.AttachedValue;
import charnn.cli.options.EngineOptions;
import charnn.cli.options.ModelsDirOption;
import charnn.cli.options.ThreadsOption;
import charnn.cli.options.UsageException;
import charnn.serve.Service;
import charnn.serve.http.Limits;
import charnn.util.Formats;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code charnn serve}. */
@Command(
    description = {
      "Serve a page to write with, and completions in OpenAI's form, to this machine.",
      "(Open the address that is printed in a browser. Ctrl-C ends it. For other machines, give --host: clients then need the token that is printed.)"
    },
    sortOptions = false)
final class ServeCommand extends BaseCommand<Service.Settings> {
  private static final int MOST_PORT = 65_535;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Port to listen at; 0 takes one that is free (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      preprocessor = AttachedValue.class,
      description =
          "Listen at this address of the machine, for other machines too; 0.0.0.0 is all of them. Clients then need a token (default: this machine only).")
  private String host;

  @Option(
      names = "--model",
      paramLabel = "NAME|FILE",
      preprocessor = AttachedValue.class,
      description =
          "Name of a run, a model file or 'bundled'; repeatable (default: all runs and the bundled model). The first one is used where none is asked for.")
  private List<String> models = List.of();

  @Mixin private ModelsDirOption modelsDir;

  @Option(
      names = "--texts",
      paramLabel = "N",
      defaultValue = "64",
      description = "Texts that are computed at once (default: ${DEFAULT-VALUE}).")
  private int texts;

  @Option(
      names = "--queue",
      paramLabel = "N",
      defaultValue = "256",
      description =
          "Requests that may wait; more are refused with 429 (default: ${DEFAULT-VALUE}).")
  private int queue;

  @Option(
      names = "--timeout",
      paramLabel = "S",
      defaultValue = "300",
      description = "Seconds after which the texts of a request end (default: ${DEFAULT-VALUE}).")
  private int timeout;

  @Option(names = "--quiet", description = "Print the address and errors, and nothing else.")
  private boolean quiet;

  @Mixin private EngineOptions engine;
  @Mixin private ThreadsOption threads;

  ServeCommand(Console console) {
    super(console);
  }

  @Override
  Service.Settings request() {
    require("--port", port, 0, MOST_PORT);
    require("--texts", texts, 1, 1024);
    require("--queue", queue, 0, 100_000);
    require("--timeout", timeout, 1, 1_000_000);
    if (host != null && host.isEmpty()) {
      throw new UsageException("--host needs an address of this machine, got ''");
    }
    for (String model : models) {
      if (model.isEmpty()) {
        throw new UsageException("--model needs a run's name or a model file, got ''");
      }
    }
    return new Service.Settings(
        host,
        port,
        modelsDir.path(console),
        console.bundledModel(),
        models,
        engine.kind(console),
        threads.count(),
        texts,
        queue,
        timeout,
        Runtime.getRuntime().maxMemory() / 2,
        Limits.USUAL);
  }

  private static void require(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new UsageException(
          format("%s must be %,d to %,d, got %,d", option, least, most, value));
    }
  }

  @Override
  ExitCode execute(Service.Settings settings) throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    try (Interrupts interrupts = new Interrupts(end::countDown);
        Service service = start(settings)) {
      say(service, settings);
      service.warmUp();
      end.await();
      if (!quiet) {
        console.endLine();
        console.log(interrupts.getAsBoolean() ? "stopping" : "stopped");
      }
      return ExitCode.DONE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }

  private Service start(Service.Settings settings) throws IOException {
    try {
      return Service.start(settings, console::log);
    } catch (UnknownHostException e) {
      throw new UsageException(
          format("--host %s: this machine knows no such name; give one of its addresses", host));
    } catch (BindException e) {
      throw new UsageException(
          format(
              "port %d %s cannot be used: %s; choose another --port (0 takes a free one)%s",
              port,
              host == null ? "of this machine" : "of " + host,
              Formats.reason(e),
              host == null ? "" : " or --host"));
    } catch (SocketException e) {
      throw new UsageException(
          format(
              "port %d cannot be used: %s; choose another --port, for instance 8080",
              port, Formats.reason(e)));
    }
  }

  private void say(Service service, Service.Settings settings) throws IOException {
    List<String> ids = service.models();
    if (!quiet) {
      if (ids.isEmpty()) {
        console.log(
            "there is no model in "
                + settings.modelsDir()
                + " yet: train one with charnn train; it is served as soon as it is saved");
      } else {
        console.log(
            format(
                "serving %s",
                ids.size() == 1
                    ? "the model " + ids.get(0)
                    : format("%,d models, %s if none is asked for", ids.size(), ids.get(0))));
      }
    }
    console.log("open " + service.address());
    if (service.isEverywhere() && !quiet) {
      console.log("on other machines, with an address of this one instead of 127.0.0.1");
    }
    if (service.token() != null && !quiet) {
      console.log("clients need the token: Authorization: Bearer " + service.token());
    }
    if (!quiet) {
      console.log("the interface is at " + base(service) + "v1; Ctrl-C stops");
    }
  }

  private static String base(Service service) {
    return service.address().replaceFirst("#.*", "");
  }
}
