package io.sluice.bench.ingest;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An API in a process of its own, so that its work is nobody's: {@value #PAGES} pages of orders. */
final class PageServer {
  static final int PAGES = 1000;
  static final int SIZE = 1000;

  private PageServer() {}

  /** Prints its port, and ends when nobody holds its input any more. */
  public static void main(String[] args) throws IOException {
    byte[] empty = "{\"items\":[]}".getBytes(StandardCharsets.UTF_8);
    byte[][] pages = IntStream.range(0, PAGES).mapToObj(PageServer::page).toArray(byte[][]::new);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          int page =
              Integer.parseInt(exchange.getRequestURI().getQuery().replaceAll(".*page=(\\d+).*", "$1"));
          byte[] body = page <= PAGES ? pages[page - 1] : empty;
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    System.out.println(server.getAddress().getPort());
    while (System.in.read() >= 0) {
      // Waits for the end.
    }
    server.stop(0);
    System.exit(0);
  }

  private static byte[] page(int page) {
    return IntStream.range(page * SIZE, (page + 1) * SIZE)
        .mapToObj(
            id ->
                "{\"id\":%d,\"customer\":{\"id\":%d,\"name\":\"Customer %d\"},\"total\":\"%d.%02d\",\"at\":\"2011-01-01T10:00:00Z\",\"lines\":[{\"sku\":\"S%d\",\"quantity\":%d}]}"
                    .formatted(id, id % 999, id % 999, id % 300, id % 100, id % 77, id % 9))
        .collect(Collectors.joining(",", "{\"items\":[", "]}"))
        .getBytes(StandardCharsets.UTF_8);
  }
}
