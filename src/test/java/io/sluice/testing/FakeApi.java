package io.sluice.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** A server on this machine that answers as it is told, and remembers what it was asked. */
public final class FakeApi implements AutoCloseable {
  private final List<Ask> asked = Collections.synchronizedList(new ArrayList<>());
  private final Deque<Reply> faults = new ArrayDeque<>();
  private final int port;
  private volatile Function<Ask, Reply> answers;
  private HttpServer server;
  private ExecutorService threads;

  public FakeApi(Function<Ask, Reply> answers) {
    this.answers = answers;
    threads = Executors.newCachedThreadPool();
    server = open(0);
    port = server.getAddress().getPort();
  }

  /** What was asked; names of headers in small letters. */
  public record Ask(
      String method,
      String path,
      Map<String, String> query,
      Map<String, String> headers,
      String body) {

    public String parameter(String name) {
      return query.getOrDefault(name, "");
    }

    public int number(String name, int otherwise) {
      return query.containsKey(name) ? Integer.parseInt(parameter(name)) : otherwise;
    }

    public String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  /**
   * What is answered.
   *
   * @param missing how many bytes are promised and not sent
   */
  public record Reply(
      int status, Map<String, String> headers, String body, Charset encoding, int missing) {
    public static Reply json(String body) {
      return of(200, "application/json", body);
    }

    public static Reply of(int status, String type, String body) {
      return new Reply(status, Map.of("Content-Type", type), body, StandardCharsets.UTF_8, 0);
    }

    /** As JSON, whatever it is. */
    public static Reply bytes(byte[] body) {
      return json(new String(body, StandardCharsets.ISO_8859_1)).in(StandardCharsets.ISO_8859_1);
    }

    public Reply in(Charset charset) {
      return new Reply(status, headers, body, charset, missing);
    }

    public Reply with(String header, String value) {
      Map<String, String> all = new TreeMap<>(headers);
      all.put(header, value);
      return new Reply(status, all, body, encoding, missing);
    }

    public Reply cut(int bytes) {
      return new Reply(status, headers, body, encoding, bytes);
    }
  }

  /** Records {@code {"id":1,"name":"n1"}} with these numbers, as the elements of a list. */
  public static String records(long from, long to) {
    return LongStream.range(from, to)
        .mapToObj(id -> "{\"id\":%d,\"name\":\"n%d\"}".formatted(id, id))
        .collect(Collectors.joining(",", "[", "]"));
  }

  public String url(String path) {
    return "http://localhost:" + port + path;
  }

  public int port() {
    return port;
  }

  public void answer(Function<Ask, Reply> how) {
    answers = how;
  }

  /** Answers this once, before anything else. */
  public FakeApi fault(Reply... replies) {
    faults.addAll(List.of(replies));
    return this;
  }

  /** In order. */
  public List<Ask> asked() {
    return List.copyOf(asked);
  }

  /** The values of a parameter, in the order in which they were asked. */
  public List<String> asked(String parameter) {
    return asked().stream().map(ask -> ask.parameter(parameter)).toList();
  }

  public void forgetAsked() {
    asked.clear();
  }

  /** Goes down: nobody listens any more. May be called while it answers. */
  public void die() {
    server.stop(0);
  }

  /** Is there again, at the same place. */
  public void rise() {
    server = open(port);
  }

  private HttpServer open(int where) {
    try {
      HttpServer opened =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), where), 0);
      opened.createContext("/", this::handle);
      opened.setExecutor(threads);
      opened.start();
      return opened;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Ask ask = ask(exchange);
      asked.add(ask);
      Reply fault = faults.poll();
      Reply reply = fault == null ? answers.apply(ask) : fault;
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] body = reply.body().getBytes(reply.encoding());
      long length = body.length + reply.missing();
      exchange.sendResponseHeaders(reply.status(), length == 0 ? -1 : length);
      exchange.getResponseBody().write(body);
    }
  }

  private static Ask ask(HttpExchange exchange) throws IOException {
    Map<String, String> query = new LinkedHashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    if (raw != null) {
      for (String parameter : raw.split("&", -1)) {
        String[] parts = parameter.split("=", 2);
        query.put(decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : "");
      }
    }
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    return new Ask(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        query,
        headers,
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
