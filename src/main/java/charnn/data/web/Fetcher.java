package charnn.data.web;

import static charnn.util.Formats.format;

import charnn.data.CorpusException;
import charnn.data.FileKind;
import charnn.util.Durations;
import charnn.util.Formats;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;

/**
 * Fetches texts from the web, once: what was fetched is kept, and what was cut is continued. A part
 * is continued only where the server confirms that it has the same version still, and the bytes
 * before the cut come again.
 */
public final class Fetcher {
  private static final int BUFFER = 1 << 16;

  /** Bytes before a cut that are fetched again, and compared. */
  private static final int OVERLAP = 512;

  /** Attempts at one place, even if each brings something new. */
  private static final int MOST_ATTEMPTS = 200;

  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");
  private static final Pattern NO_PAGE =
      Pattern.compile("(?i).*\\.(?:txt|text|md|gz|bz2|xz|zst|zip|tar|tgz|epub|pdf)");
  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

  private final Downloads downloads;
  private final FetchSettings settings;
  private final List<URI> mirrors;
  private final String userAgent;
  private final FetchListener listener;
  private final Proxies proxies;
  private final HostTurns.Sleep sleep;
  private final HostTurns turns;
  private HttpClient client; // made when it is needed

  /**
   * @param mirrors of Project Gutenberg
   * @param userAgent by which servers know who asks
   * @param environment returns a variable, for proxies; null if it is not set
   * @throws CorpusException if the environment names a proxy that cannot be used
   */
  public Fetcher(
      Downloads downloads,
      List<URI> mirrors,
      String userAgent,
      UnaryOperator<String> environment,
      FetchListener listener)
      throws CorpusException {
    this(
        downloads,
        FetchSettings.USUAL,
        mirrors,
        userAgent,
        environment,
        listener,
        time -> Thread.sleep(time.toMillis()));
  }

  Fetcher(
      Downloads downloads,
      FetchSettings settings,
      List<URI> mirrors,
      String userAgent,
      UnaryOperator<String> environment,
      FetchListener listener,
      HostTurns.Sleep sleep)
      throws CorpusException {
    this.downloads = downloads;
    this.settings = settings;
    this.mirrors = mirrors;
    this.userAgent = userAgent;
    this.listener = listener;
    this.sleep = sleep;
    proxies = new Proxies(environment, System::getProperty);
    turns = new HostTurns(downloads.folder(), settings.pause(), sleep);
  }

  /** A place does not have the text; another one may. */
  private static final class NotThereException extends CorpusException {
    NotThereException(String message) {
      super(message);
    }
  }

  /** A server fails, and trying further is of no use. */
  private static final class ServerException extends CorpusException {
    ServerException(String message) {
      super(message);
    }
  }

  /** An attempt fails, and another may not. */
  private static final class AttemptException extends IOException {
    private final transient Duration wait; // null: as long as usual

    AttemptException(String message, Duration wait) {
      super(message);
      this.wait = wait;
    }
  }

  /**
   * Returns the file of a text, which is fetched if it was not.
   *
   * @param again whether to fetch it in any case
   * @throws CorpusException if it cannot be fetched
   */
  public Path fetch(WebAddress address, boolean again) throws CorpusException {
    Downloads.Entry entry = downloads.entry(address);
    Optional<Downloads.Fetched> before = entry.fetched();
    if (!again && entry.isIntact()) {
      return entry.file();
    }
    if (!again && before.isPresent() && Files.exists(entry.file())) {
      listener.noted("the copy of " + address.name() + " is damaged, and fetched again");
    }
    try {
      Files.createDirectories(entry.folder());
      fetch(address, entry);
    } catch (FileSystemException e) {
      throw new CorpusException(
          format("cannot keep %s in %s: %s", address.name(), entry.folder(), Formats.reason(e)), e);
    } catch (CorpusException e) {
      throw e;
    } catch (IOException e) {
      throw new CorpusException("cannot fetch " + address.name() + ": " + Formats.reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CorpusException("fetching " + address.name() + " was interrupted", e);
    }
    String now = entry.fetched().orElseThrow().sha256();
    if (before.isPresent() && !before.get().sha256().equals(now)) {
      listener.noted(
          format(
              "%s is not what it was on %s: its SHA-256 was %s..., and is %s...",
              address.name(),
              before.get().time().toString().substring(0, 10),
              before.get().sha256().substring(0, 12),
              now.substring(0, 12)));
    }
    return entry.file();
  }

  /** Returns what is recorded of a text that was fetched. */
  public Downloads.Fetched record(WebAddress address) {
    return downloads.entry(address).fetched().orElseThrow();
  }

  /** Tries the places of a text, one after another. */
  private void fetch(WebAddress address, Downloads.Entry entry)
      throws IOException, InterruptedException {
    CorpusException last = null;
    Set<String> failed = new HashSet<>(); // servers
    for (URI place : address.places(mirrors)) {
      if (failed.contains(place.getRawAuthority())) {
        continue;
      }
      try {
        String encoding = download(address, place, entry);
        keep(address, place, entry, encoding);
        return;
      } catch (NotThereException e) {
        last = last instanceof ServerException ? last : e;
      } catch (ServerException e) {
        last = e;
        failed.add(place.getRawAuthority());
      }
    }
    if (address.book() > 0 && last instanceof NotThereException) {
      throw new CorpusException(
          format(
              "Project Gutenberg has no plain text of a book %d; check the number (asked: %s)",
              address.book(), String.join(", ", mirrors.stream().map(URI::getHost).toList())));
    }
    throw last;
  }

  /**
   * Downloads all of a place's text into the part.
   *
   * @return the encoding of the content; null if there is none
   */
  private String download(WebAddress address, URI place, Downloads.Entry entry)
      throws IOException, InterruptedException {
    int failures = 0;
    for (int attempt = 1; ; attempt++) {
      long before = entry.partSize();
      try {
        return attempt(address, place, entry);
      } catch (AttemptException e) {
        failures = entry.partSize() > before ? 1 : failures + 1;
        String problem = address.name() + ": " + e.getMessage();
        Duration wait = e.wait;
        if (wait != null && wait.compareTo(settings.mostWait()) > 0) {
          throw new ServerException(
              format("%s asks to wait %s; try again then", problem, Durations.format(wait)));
        }
        if (failures >= settings.attempts() || attempt >= MOST_ATTEMPTS) {
          throw new ServerException(
              problem
                  + (entry.partSize() > 0
                      ? format(
                          "; %,d bytes are kept, and the next start goes on from there",
                          entry.partSize())
                      : "; try again later"));
        }
        Duration usual = settings.backOff().multipliedBy(1L << Math.min(failures - 1, 10));
        Duration next = wait != null && wait.compareTo(usual) > 0 ? wait : usual;
        listener.noted(format("%s; trying again in %s", problem, Durations.format(next)));
        sleep.sleep(next);
      }
    }
  }

  @SuppressWarnings("try") // The turn is open, not called.
  private String attempt(WebAddress address, URI place, Downloads.Entry entry)
      throws IOException, InterruptedException {
    Downloads.Part known = entry.part(place.toString()).orElse(null);
    long have = known == null ? 0 : entry.partSize();
    long from = Math.max(0, have - OVERLAP);
    URI uri = place;
    for (int hops = 0; ; hops++) {
      try (HostTurns.Turn turn = turns.take(uri, listener);
          Body body = new Body()) {
        HttpResponse<Flow.Publisher<List<ByteBuffer>>> response = send(uri, from, known);
        response.body().subscribe(body);
        int status = response.statusCode();
        if (isRedirect(status)) {
          uri = redirected(address, uri, response.headers(), hops);
          continue;
        }
        if (status == 200 || status == 206 && known == null) {
          // Nobody asked for a part: one from the beginning to the end is all.
          return receive(address, place, entry, response, body);
        }
        if (status == 206) {
          return receiveRest(address, entry, known, from, response.headers(), body);
        }
        if (status == 416 && known != null) {
          entry.dropPart();
          throw new AttemptException("the part that was kept does not fit any more", null);
        }
        throw refusal(address, uri, status, response.headers());
      }
    }
  }

  private HttpResponse<Flow.Publisher<List<ByteBuffer>>> send(
      URI uri, long from, Downloads.Part known) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(settings.stall())
            .header("User-Agent", userAgent)
            .header("Accept", "text/plain, */*;q=0.8")
            .header("Accept-Encoding", "identity");
    if (known != null) {
      request.header("Range", "bytes=" + from + "-").header("If-Range", known.validator());
    }
    String where = uri.getRawAuthority() + proxies.describe(uri);
    try {
      return client().send(request.build(), HttpResponse.BodyHandlers.ofPublisher());
    } catch (SSLException e) {
      throw new ServerException(format("no secure connection to %s: %s", where, Formats.reason(e)));
    } catch (HttpTimeoutException e) {
      throw new AttemptException("no answer from " + where, null);
    } catch (ConnectException e) {
      if (hasCause(e, UnresolvedAddressException.class)) {
        throw new ServerException(
            format("cannot find the host of %s; check the address and the network", where));
      }
      throw new AttemptException("cannot connect to " + where, null);
    } catch (IOException e) {
      throw new AttemptException(
          format("%s ended the connection (%s)", where, Formats.reason(e)), null);
    }
  }

  private static boolean hasCause(Throwable e, Class<?> kind) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private HttpClient client() {
    if (client == null) {
      String schemes = "jdk.http.auth.tunneling.disabledSchemes";
      if (proxies.hasPasswords() && System.getProperty(schemes) == null) {
        System.setProperty(schemes, ""); // else Java tells no proxy a password for https
      }
      HttpClient.Builder builder =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(settings.connect())
              .proxy(proxies);
      if (proxies.hasPasswords()) {
        builder.authenticator(proxies.authenticator());
      }
      client = builder.build();
    }
    return client;
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  URI redirected(WebAddress address, URI from, HttpHeaders headers, int hops)
      throws CorpusException {
    if (hops >= settings.redirects()) {
      throw new NotThereException(
          format("%s is redirected more than %d times", address.name(), settings.redirects()));
    }
    String location = headers.firstValue("Location").orElse("");
    URI to;
    try {
      to = WebAddress.uri(from.resolve(location.replace(" ", "%20")).toString());
    } catch (IllegalArgumentException | CorpusException e) {
      throw new NotThereException(
          format("%s is redirected to '%s', which is not fetched", address.name(), location));
    }
    if (from.getScheme().equalsIgnoreCase("https") && to.getScheme().equalsIgnoreCase("http")) {
      throw new NotThereException(
          format(
              "%s is redirected to %s, which is not encrypted; if that is meant, name it itself",
              address.name(), to));
    }
    return to;
  }

  private IOException refusal(WebAddress address, URI uri, int status, HttpHeaders headers) {
    String problem = format("%s answers %d", uri.getRawAuthority(), status);
    if (status == 408 || status == 425 || status == 429 || status >= 500) {
      return new AttemptException(problem, retryAfter(headers));
    }
    String name = address.name();
    return switch (status) {
      case 401, 407 -> new ServerException(format("%s asks for a password (%d)", name, status));
      case 403 -> new NotThereException(format("%s may not be read (403)", name));
      case 404, 410 ->
          new NotThereException(format("cannot find %s (%d); check the address", name, status));
      default -> new NotThereException(format("cannot fetch %s: %s", name, problem));
    };
  }

  /** Returns how long a server asks to wait; null if it does not. */
  private static Duration retryAfter(HttpHeaders headers) {
    String value = headers.firstValue("Retry-After").orElse("").strip();
    if (SECONDS.matcher(value).matches()) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    try {
      Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Duration.between(Instant.now(), until);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Receives a text from its beginning. */
  private String receive(
      WebAddress address,
      URI place,
      Downloads.Entry entry,
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> response,
      Body body)
      throws IOException, InterruptedException {
    HttpHeaders headers = response.headers();
    long total = headers.firstValueAsLong("Content-Length").orElse(-1);
    if (response.statusCode() == 206) {
      Matcher range = CONTENT_RANGE.matcher(headers.firstValue("Content-Range").orElse(""));
      total = range.matches() && Long.parseLong(range.group(1)) == 0 ? total(range) : -1;
      if (total < 0) {
        throw new NotThereException(address.name() + " came in part, without being asked for one");
      }
    }
    requireFits(address, total);
    entry.dropPart();
    Downloads.Part part =
        new Downloads.Part(
            place.toString(),
            headers.firstValue("ETag").filter(tag -> tag.startsWith("\"")).orElse(null),
            headers.firstValue("Last-Modified").orElse(null),
            total,
            headers
                .firstValue("Content-Encoding")
                .filter(name -> !name.equalsIgnoreCase("identity"))
                .orElse(null));
    entry.write(part);
    try (FileChannel file = open(entry, StandardOpenOption.CREATE)) {
      receive(address, file, total, new byte[0], entry, body);
    }
    if (total < 0 && headers.firstValue("Transfer-Encoding").isEmpty()) {
      listener.noted(
          address.name()
              + ": the server does not say how long it is; whether all of it came is not certain");
    }
    return part.encoding();
  }

  /** Receives the rest of a text, after a part of it. */
  private String receiveRest(
      WebAddress address,
      Downloads.Entry entry,
      Downloads.Part known,
      long from,
      HttpHeaders headers,
      Body body)
      throws IOException, InterruptedException {
    Matcher range = CONTENT_RANGE.matcher(headers.firstValue("Content-Range").orElse(""));
    boolean fits =
        range.matches()
            && Long.parseLong(range.group(1)) == from
            && isSame(known.total() < 0 ? null : Long.toString(known.total()), range.group(3))
            && isSame(known.etag(), headers.firstValue("ETag").orElse(null))
            && isSame(known.modified(), headers.firstValue("Last-Modified").orElse(null));
    if (!fits) {
      throw changed(entry);
    }
    long total = known.total() >= 0 ? known.total() : total(range);
    requireFits(address, total);
    try (FileChannel file = open(entry, StandardOpenOption.READ)) {
      byte[] overlap = new byte[(int) (file.size() - from)];
      file.position(from);
      ByteBuffer read = ByteBuffer.wrap(overlap);
      while (read.hasRemaining() && file.read(read) >= 0) {
        continue;
      }
      file.position(file.size());
      receive(address, file, total, overlap, entry, body);
    }
    return known.encoding();
  }

  private static long total(Matcher range) {
    return range.group(3).equals("*") ? -1 : Long.parseLong(range.group(3));
  }

  /** Returns whether what is known is confirmed, or nothing is said of it. */
  private static boolean isSame(String known, String told) {
    return known == null || told == null || told.equals("*") || known.equals(told);
  }

  private static AttemptException changed(Downloads.Entry entry) throws IOException {
    entry.dropPart();
    return new AttemptException("the text has changed since a part of it came", null);
  }

  private static FileChannel open(Downloads.Entry entry, StandardOpenOption also)
      throws IOException {
    return FileChannel.open(entry.partFile(), also, StandardOpenOption.WRITE);
  }

  private void requireFits(WebAddress address, long bytes) throws CorpusException {
    if (bytes > settings.mostBytes()) {
      throw new ServerException(
          format(
              "%s has more than %,d bytes, the most that charnn fetches; save it yourself, and name the file",
              address.name(), settings.mostBytes()));
    }
  }

  /**
   * Receives bytes behind those of a file.
   *
   * @param total of all; -1 if unknown
   * @param overlap the last of the file, which come first again
   */
  private void receive(
      WebAddress address,
      FileChannel file,
      long total,
      byte[] overlap,
      Downloads.Entry entry,
      Body body)
      throws IOException, InterruptedException {
    int compared = 0;
    while (true) {
      List<ByteBuffer> buffers;
      try {
        buffers = body.next(settings.stall());
      } catch (IOException e) {
        throw new AttemptException(
            format(
                "%s after %,d%s bytes",
                e.getMessage(), file.size(), total < 0 ? "" : format(" of %,d", total)),
            null);
      }
      if (buffers == null) {
        break;
      }
      for (ByteBuffer buffer : buffers) {
        for (; compared < overlap.length && buffer.hasRemaining(); compared++) {
          if (buffer.get() != overlap[compared]) {
            throw changed(entry);
          }
        }
        while (buffer.hasRemaining()) {
          file.write(buffer);
        }
      }
      requireFits(address, file.size());
      listener.received(address.name(), file.size(), total);
    }
    if (total >= 0 && file.size() > total) {
      entry.dropPart();
      throw new AttemptException(
          format("%,d bytes came, and %,d were announced", file.size(), total), null);
    }
    if (total >= 0 && file.size() < total || compared < overlap.length) {
      throw new AttemptException(
          format("the answer ended after %,d of %,d bytes", file.size(), total), null);
    }
  }

  /** Takes the part, which is complete, for the text. */
  private void keep(WebAddress address, URI place, Downloads.Entry entry, String encoding)
      throws IOException {
    if (encoding != null && !encoding.toLowerCase(Locale.ROOT).matches("(?:x-)?gzip")) {
      entry.dropPart();
      throw new NotThereException(
          format(
              "%s is sent in the encoding '%s', which nobody asked for", address.name(), encoding));
    }
    Path unpacked = entry.partFile();
    if (encoding != null) {
      unpacked = entry.folder().resolve("unpacked");
      unpack(address, entry, unpacked);
    }
    requireText(address, place, entry, unpacked);
    try (FileChannel file = FileChannel.open(unpacked, StandardOpenOption.WRITE)) {
      file.force(true);
    }
    Downloads.Fetched fetched =
        new Downloads.Fetched(
            place.toString(), Files.size(unpacked), Downloads.sha256(unpacked), Instant.now());
    Files.move(unpacked, entry.file(), StandardCopyOption.REPLACE_EXISTING);
    entry.write(fetched);
    entry.dropPart();
  }

  /** The server packed it although it was asked not to. */
  private void unpack(WebAddress address, Downloads.Entry entry, Path to) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(entry.partFile()), BUFFER);
        OutputStream out = Files.newOutputStream(to)) {
      byte[] buffer = new byte[BUFFER];
      long bytes = 0;
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        bytes += n;
        requireFits(address, bytes);
        out.write(buffer, 0, n);
      }
    } catch (ZipException | EOFException e) {
      entry.dropPart();
      throw new NotThereException(
          format("%s is sent as gzip, and is damaged: %s", address.name(), Formats.reason(e)));
    }
  }

  /** Servers answer with a page that says what is wrong, as if it were the text. */
  private static void requireText(WebAddress address, URI place, Downloads.Entry entry, Path file)
      throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(FileKind.LOOK_AT);
    }
    boolean isNoPage =
        address.book() > 0 || NO_PAGE.matcher(String.valueOf(place.getPath())).matches();
    boolean isHtml = FileKind.isHtml(new String(start, StandardCharsets.ISO_8859_1));
    if (start.length == 0 || isNoPage && isHtml) {
      Files.delete(file);
      entry.dropPart();
      throw new NotThereException(
          format(
              "%s is %s",
              address.name(),
              isHtml
                  ? "answered with a web page instead of a text; open the address in a browser to see what it says"
                  : "empty"));
    }
  }
}
