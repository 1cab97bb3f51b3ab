package charnn.serve;

import charnn.eval.Evaluator;
import charnn.serve.http.Answer;
import charnn.serve.http.ApiException;
import charnn.serve.http.Exchange;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** All requests that are answered, each by its {@link Endpoint}. */
final class Api implements AutoCloseable {
  private static final int QUICK_THREADS = 2;
  private static final int SLOW_THREADS = 2;

  private final List<Route> routes = new ArrayList<>();
  private final Consumer<Throwable> mistakes;
  private final ThreadPoolExecutor quick;
  private final ThreadPoolExecutor slow;
  private final Completions completions;
  private volatile boolean stops;

  /**
   * A kind of requests.
   *
   * @param path if it ends with a slash, the beginning of all its paths
   * @param threads that run the endpoint; null: the connection's, which may not wait
   */
  private record Route(String method, String path, ThreadPoolExecutor threads, Endpoint endpoint) {
    boolean fits(String asked) {
      return path.endsWith("/") && path.length() > 1
          ? asked.startsWith(path) && asked.length() > path.length()
          : asked.equals(path);
    }
  }

  /**
   * @param evaluator for texts that are scored
   * @param modelsDir folder of all runs
   * @param showsRuns whether clients may see how the runs train
   * @param nanos of a request at most
   * @param waiting requests that may wait
   * @param mistakes receives those of the program
   */
  Api(
      ModelShelf shelf,
      BatchThread batches,
      Evaluator evaluator,
      Path modelsDir,
      boolean showsRuns,
      long nanos,
      int waiting,
      Consumer<Throwable> mistakes) {
    this.mistakes = mistakes;
    quick = threads("charnn-requests", QUICK_THREADS, waiting);
    slow = threads("charnn-texts", SLOW_THREADS, waiting);
    completions = new Completions(shelf, batches, nanos);
    ModelList models = new ModelList(shelf);
    Runs runs = new Runs(modelsDir, showsRuns);
    routes.add(new Route("GET", "/v1/models", quick, models::list));
    routes.add(new Route("GET", "/v1/models/", quick, models::one));
    routes.add(new Route("POST", "/v1/completions", quick, completions));
    routes.add(new Route("POST", "/v1/score", slow, new Scores(shelf, evaluator)));
    routes.add(new Route("POST", "/v1/fill", slow, new Fills(shelf)));
    routes.add(new Route("POST", "/v1/propose", slow, new Propositions(shelf)));
    routes.add(new Route("GET", "/v1/runs", quick, runs::list));
    routes.add(new Route("GET", "/v1/runs/", quick, runs::metrics));
    routes.add(new Route("GET", "/health", null, (exchange, rest) -> health(exchange)));
    for (String file : Page.FILES.keySet()) {
      routes.add(new Route("GET", file, null, new Page(file)));
    }
  }

  private static ThreadPoolExecutor threads(String name, int count, int waiting) {
    AtomicInteger made = new AtomicInteger();
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            count,
            count,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(Math.max(1, waiting)),
            work -> {
              Thread thread = new Thread(work, name + "-" + made.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** Answers a request; called by a connection's thread. */
  void handle(Exchange exchange) {
    try {
      Route route = route(exchange);
      if (stops) {
        throw Service.stopping();
      }
      String rest = exchange.path().substring(route.path.length());
      if (route.threads == null) {
        run(route, exchange, rest);
      } else {
        route.threads.execute(() -> run(route, exchange, rest));
      }
    } catch (ApiException e) {
      exchange.answer(e.answer());
    } catch (RejectedExecutionException e) {
      exchange.answer(ApiException.busy("too many requests wait").answer());
    }
  }

  private Route route(Exchange exchange) throws ApiException {
    TreeSet<String> methods = new TreeSet<>();
    for (Route route : routes) {
      if (route.fits(exchange.path())) {
        if (route.method.equals(exchange.method())) {
          return route;
        }
        methods.add(route.method);
      }
    }
    if (methods.isEmpty()) {
      throw ApiException.notFound(
          null,
          "not_found",
          exchange.path().startsWith("/v1/chat/")
              ? "a character model does not chat; use POST /v1/completions"
              : "there is nothing here; docs/serving.md lists what there is");
    }
    throw ApiException.methodNotAllowed(exchange.method(), String.join(", ", methods));
  }

  private void run(Route route, Exchange exchange, String rest) {
    try {
      route.endpoint.handle(exchange, rest);
    } catch (ApiException e) {
      exchange.answer(e.answer());
    } catch (RuntimeException | Error e) {
      mistakes.accept(e);
      exchange.answer(ApiException.internal().answer());
    }
  }

  private static void health(Exchange exchange) {
    JsonObject health = new JsonObject();
    health.addProperty("status", "ok");
    exchange.answer(Answer.json(200, health));
  }

  void warmUp() {
    quick.execute(completions::warmUp);
  }

  /** Answers no new requests. */
  void stop() {
    stops = true;
  }

  @Override
  public void close() {
    quick.shutdownNow();
    slow.shutdownNow();
  }
}
