package charnn.serve;

import charnn.engine.registry.EngineType;
import charnn.eval.Evaluator;
import charnn.serve.http.Access;
import charnn.serve.http.ApiException;
import charnn.serve.http.HttpServer;
import charnn.serve.http.Limits;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The server with all that it computes with, from its start to its end. */
public final class Service implements AutoCloseable {
  /** Time that texts have to end when the server is stopped. */
  private static final long GRACE_NANOS = 1_000_000_000;

  private static final long LAST_BYTES_MILLIS = 300;

  private final ThreadTeam ofBatches;
  private final ThreadTeam ofOneThread = new ThreadTeam(1);
  private final ModelShelf shelf;
  private final BatchThread batches;
  private final Api api;
  private final HttpServer server;
  private final String token;
  private final String host;
  private final boolean isEverywhere;

  /**
   * How to serve.
   *
   * @param host name or address to listen at; null: this machine only
   * @param port 0: any that is free
   * @param modelsDir folder of all runs
   * @param bundled the model that comes with charnn
   * @param models names of runs, or model files; empty: all there are
   * @param threads that compute
   * @param texts that are computed at once
   * @param waiting requests
   * @param seconds of a request at most
   * @param memory bytes of all models at most
   */
  public record Settings(
      String host,
      int port,
      Path modelsDir,
      Path bundled,
      List<String> models,
      EngineType engine,
      int threads,
      int texts,
      int waiting,
      long seconds,
      long memory,
      Limits limits) {}

  private Service(Settings settings, InetAddress address, Consumer<String> log) throws IOException {
    host = settings.host;
    isEverywhere = address.isAnyLocalAddress();
    token = address.isLoopbackAddress() ? null : UUID.randomUUID().toString().replace("-", "");
    ofBatches = settings.engine.workers(settings.threads);
    shelf =
        new ModelShelf(
            settings.modelsDir,
            settings.bundled,
            settings.models,
            settings.engine.create(ofBatches),
            settings.engine.create(ofOneThread),
            settings.memory,
            log);
    Consumer<Throwable> mistakes =
        mistake -> {
          StackTraceElement[] trace = mistake.getStackTrace();
          log.accept(
              "internal error in charnn: "
                  + mistake
                  + (trace.length > 0 ? " at " + trace[0] : "")
                  + "; please report it");
        };
    batches = new BatchThread(settings.texts, settings.waiting, ofBatches, mistakes);
    api =
        new Api(
            shelf,
            batches,
            new Evaluator(settings.engine.create(ofOneThread), ofOneThread),
            settings.modelsDir,
            settings.models.isEmpty(),
            TimeUnit.SECONDS.toNanos(settings.seconds),
            settings.waiting,
            mistakes);
    try {
      server =
          HttpServer.start(
              new InetSocketAddress(address, settings.port),
              settings.limits,
              new Access(token == null ? null : host, token),
              api::handle);
    } catch (IOException e) {
      close(batches, api, ofBatches);
      throw e;
    }
  }

  /**
   * Starts serving.
   *
   * @param log receives lines for whoever runs the server
   * @throws java.net.BindException if the port is taken
   * @throws java.net.UnknownHostException if there is no such host
   * @throws IOException if a model that is named cannot be found
   */
  public static Service start(Settings settings, Consumer<String> log) throws IOException {
    InetAddress address =
        settings.host == null
            ? InetAddress.getLoopbackAddress()
            : InetAddress.getByName(settings.host);
    Service service = new Service(settings, address, log);
    try {
      service.shelf.entries();
      return service;
    } catch (IOException e) {
      service.close();
      throw e;
    }
  }

  static ApiException stopping() {
    return ApiException.unavailable("stopping", "the server is being stopped");
  }

  /** Reads the model that is used where none is named, and computes with it until Java is fast. */
  public void warmUp() {
    api.warmUp();
  }

  public int port() {
    return server.port();
  }

  /** Returns the ids of the models. */
  public List<String> models() throws IOException {
    return shelf.entries().stream().map(ModelShelf.Entry::id).toList();
  }

  /** Returns whether it listens at all addresses of this machine. */
  public boolean isEverywhere() {
    return isEverywhere;
  }

  /** Returns the address of the page for a browser here, with the token if there is one. */
  public String address() {
    String name =
        host == null || isEverywhere ? "127.0.0.1" : host.contains(":") ? "[" + host + "]" : host;
    return "http://" + name + ":" + port() + "/" + (token == null ? "" : "#token=" + token);
  }

  /** Returns what clients must know; null: nothing. */
  public String token() {
    return token;
  }

  /** Returns how many texts are computed now. */
  public int computed() {
    return batches.computed();
  }

  /** Returns whether there is a request whose answer is not sent yet. */
  boolean isAnswering() {
    return server.isAnswering();
  }

  /** Returns how many requests wait. */
  int waiting() {
    return batches.waiting();
  }

  /** Stops: takes no more requests, gives those in progress a second, and ends them. */
  @Override
  public void close() {
    server.stopListening();
    api.stop();
    long end = System.nanoTime() + GRACE_NANOS;
    try {
      while (server.isAnswering() && System.nanoTime() < end) {
        Thread.sleep(5);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop(stopping(), LAST_BYTES_MILLIS);
    close(batches, api, ofBatches);
    ofOneThread.close();
  }

  private static void close(AutoCloseable... all) {
    for (AutoCloseable one : all) {
      try {
        one.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
