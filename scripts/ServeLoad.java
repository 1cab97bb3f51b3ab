import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that put load on charnn serve: {@code java ServeLoad.java ADDRESS PID WHAT}. See
 * serve-bench.sh.
 */
final class ServeLoad {
  private static final int CLIENTS = 64;
  private static final int LENGTH = 2000;
  private static final int ROUNDS = 5;
  private static final int REQUESTS = 10_000;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI completions;
  private final String pid;

  private ServeLoad(String address, String pid) {
    completions = URI.create(address + "v1/completions");
    this.pid = pid;
  }

  public static void main(String[] args) throws Exception {
    ServeLoad load = new ServeLoad(args[0], args[1]);
    switch (args[2]) {
      case "throughput" -> load.throughput();
      case "latency" -> load.latency();
      case "memory" -> load.memory();
      default -> throw new IllegalArgumentException("throughput, latency or memory");
    }
    System.exit(0);
  }

  private HttpRequest request(String body) {
    return HttpRequest.newBuilder(completions)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private String send(String body) throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request(body), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(response.statusCode() + " " + response.body());
    }
    return response.body();
  }

  /** Prints the characters of 64 clients a second, the median of some rounds. */
  private void throughput() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    for (boolean stream : new boolean[] {false, true}) {
      double[] rates = new double[ROUNDS];
      for (int round = -1; round < ROUNDS; round++) {
        List<Callable<String>> calls = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
          String body =
              "{\"max_tokens\": " + LENGTH + ", \"temperature\": 0.8, \"prompt\": \"The \", \"seed\": " + i + ", \"stream\": " + stream + "}";
          calls.add(() -> send(body));
        }
        long begin = System.nanoTime();
        for (Future<String> each : clients.invokeAll(calls)) {
          each.get();
        }
        double rate = (double) CLIENTS * LENGTH / (System.nanoTime() - begin) * 1e9;
        if (round >= 0) {
          rates[round] = rate;
        }
      }
      Arrays.sort(rates);
      System.out.printf(
          Locale.ROOT,
          "%s %.0f (%.0f to %.0f)%n",
          stream ? "streamed" : "whole",
          rates[ROUNDS / 2],
          rates[0],
          rates[ROUNDS - 1]);
    }
  }

  /** Begins to read a long stream, and leaves. */
  private String leave() throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        client.send(
            request("{\"max_tokens\": 100000, \"prompt\": \"The \", \"stream\": true}"),
            HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      if (in.read() != 'd') {
        throw new IOException("no stream: " + response.statusCode());
      }
    }
    return "";
  }

  /** Prints how long the first character of a stream takes, one client after another. */
  private void latency() throws Exception {
    double[] millis = new double[200];
    for (int i = -20; i < millis.length; i++) {
      String body =
          "{\"max_tokens\": 200, \"prompt\": \"Once upon a time there was a king\", \"stream\": true, \"seed\": " + i + "}";
      long begin = System.nanoTime();
      HttpResponse<java.util.stream.Stream<String>> response =
          client.send(request(body), HttpResponse.BodyHandlers.ofLines());
      try (java.util.stream.Stream<String> lines = response.body()) {
        var all = lines.iterator();
        String first = all.next();
        if (!first.startsWith("data: {")) {
          throw new IOException(first);
        }
        if (i >= 0) {
          millis[i] = (System.nanoTime() - begin) / 1e6;
        }
        while (all.hasNext()) {
          all.next();
        }
      }
      Thread.sleep(20);
    }
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "median %.1f ms, 99 of 100 within %.1f ms, slowest %.1f ms%n",
        millis[millis.length / 2],
        millis[millis.length * 99 / 100],
        millis[millis.length - 1]);
  }

  /** Prints the server's memory after each thousand of requests, of which some leave. */
  private void memory() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(8);
    AtomicInteger done = new AtomicInteger();
    for (int thousand = 1; thousand <= REQUESTS / 1000; thousand++) {
      List<Callable<String>> calls = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        int number = done.incrementAndGet();
        boolean stream = number % 3 == 0;
        calls.add(
            number % 10 == 0
                ? this::leave
                : () ->
                    send(
                        "{\"max_tokens\": 40, \"prompt\": \"The \", \"seed\": " + number + ", \"stream\": " + stream + "}"));
      }
      for (Future<String> each : clients.invokeAll(calls)) {
        each.get();
      }
      System.out.printf(Locale.ROOT, "%,d requests: %s%n", done.get(), resident());
    }
  }

  private String resident() throws IOException {
    return Files.readAllLines(Path.of("/proc", pid, "status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .map(line -> line.replaceAll("\\D", ""))
        .map(kilobytes -> Long.parseLong(kilobytes) / 1024 + " MB")
        .findFirst()
        .orElseThrow();
  }
}
