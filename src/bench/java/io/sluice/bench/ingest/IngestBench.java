package io.sluice.bench.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.api.Look;
import io.sluice.api.Source;
import io.sluice.api.SourceRows;
import io.sluice.lake.Lake;
import io.sluice.lake.LakeLoader;
import io.sluice.lake.TableName;
import io.sluice.source.Sources;
import io.sluice.task.LakeSession;
import io.sluice.testing.PostgresServer;
import io.sluice.time.Interval;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Takes each kind of source into Parquet files: CPU seconds of this process, in turn with plain
 * Spark over the same bytes, which adds the same two columns; databases and APIs in turn with a loop
 * of the bare client that writes Parquet, too.
 *
 * <p>Arguments: a folder for the data, how many rounds, a part of the kinds' names.
 */
public final class IngestBench {
  private final Path folder;
  private final int rounds;
  private final String only;
  private final PlainReads plain;
  private final SparkSession spark;
  private final Lake lake;
  private final String shop;
  private final int port;

  private IngestBench(Path folder, int rounds, String only, String shop, int port)
      throws IOException {
    this.folder = folder;
    this.rounds = rounds;
    this.only = only;
    this.shop = shop;
    this.port = port;
    this.lake = lake(folder, shop, port);
    this.spark = LakeSession.open(lake);
    this.plain = new PlainReads(spark, folder);
  }

  public static void main(String[] args) throws Exception {
    Path folder = Files.createDirectories(Path.of(args[0]).toAbsolutePath());
    Process server =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                PageServer.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      int port =
          Integer.parseInt(
              new BufferedReader(
                      new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))
                  .readLine());
      new IngestBench(
              folder, Integer.parseInt(args[1]), args[2], PostgresServer.newDatabase(), port)
          .run();
    } finally {
      server.destroy();
    }
    System.exit(0);
  }

  private static Lake lake(Path folder, String shop, int port) throws IOException {
    Path project = folder.resolve("project");
    write(project.resolve("conf/lake.conf"), "name = ingest\n");
    Map<String, String> sources = new TreeMap<>();
    sources.put(
        "csv",
        """
        type = files, path = "%s/sales.csv", format = csv, options { header = true }
        columns { quantity = int, price = "decimal(12,2)", sold_at = timestamp }
        """);
    sources.put(
        "json",
        """
        type = files, path = "%s/sales.json", format = json
        columns { invoice = bigint, quantity = int, price = "decimal(12,2)", sold_at = timestamp }
        """);
    sources.put("text", "type = files, path = \"%s/access.log\", format = text");
    sources.put("parquet", "type = files, path = \"%s/sales.parquet/*.parquet\", format = parquet");
    sources.put("weblog", "type = weblog, path = \"%s/access.log\", format = combined");
    sources.put(
        "xml",
        """
        type = xml, path = "%s/rates.xml", row = rate
        columns { _day { name = day, type = date }, value = "decimal(12,5)" }
        """);
    sources.put(
        "fixed",
        """
        type = fixed, path = "%s/sales.txt"
        layout { id = 1-10, stock_code = 11-22, quantity = 23-30, description = 31-60 }
        columns { id = bigint, quantity = int }
        """);
    sources.put(
        "jdbc", "type = jdbc, url = \"" + shop + "\", table = order_line, fetch-size = 10000");
    sources.put(
        "rest",
        """
        type = rest, url = "http://localhost:%d/orders", records = items, reuse = 0s
        paging { type = page, size-parameter = size, size = %d }
        columns { id = bigint }
        """
            .formatted(port, PageServer.SIZE));
    for (Map.Entry<String, String> source : sources.entrySet()) {
      write(
          project.resolve("jobs/raw/%s.conf".formatted(source.getKey())),
          "source { %s }\nevery = none\n"
              .formatted(source.getValue().replace("%s", folder.toString())));
    }
    return new LakeLoader().load(project, Optional.empty(), Map.of()).lake();
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void run() throws Exception {
    new Feeds(folder).write(spark);
    fillShop();
    System.out.println("kind     Sluice CPU s  other CPU s  ratio");
    for (String kind : List.of("csv", "json", "text", "parquet", "weblog", "xml", "fixed")) {
      Optional<Dataset<Row>> other = kind.contains(only) ? plain.of(kind) : Optional.empty();
      if (kind.contains(only)) {
        compare(kind, this::land, () -> other.ifPresent(this::land));
      }
    }
    if ("json".contains(only)) {
      System.out.print("(inferring) ");
      compare("json", this::land, () -> land(plain.inferred()));
    }
    if ("jdbc".contains(only)) {
      compare("jdbc", this::land, this::loopOverRows);
    }
    if ("rest".contains(only)) {
      compare("rest", this::land, this::loopOverPages);
    }
  }

  /** Work that may fail. */
  private interface Work {
    void run() throws Exception;
  }

  private void compare(String kind, Consumer<Dataset<Row>> sink, Work other)
      throws Exception {
    List<Double> ours = new ArrayList<>();
    List<Double> others = new ArrayList<>();
    for (int round = -1; round < rounds; round++) {
      double own = cpu(() -> sink.accept(received(kind)));
      double its = cpu(other);
      if (round >= 0) {
        ours.add(own);
        others.add(its);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%-8s %s  %s  %.2f%n",
        kind,
        told(ours),
        told(others),
        median(ours) / median(others));
  }

  private Dataset<Row> received(String kind) {
    Source source =
        Sources.of(
            lake.job(TableName.parse("raw." + kind).orElseThrow()), lake, Clock.systemUTC());
    Map<Interval, Look> looks = source.look(List.of(Interval.ALWAYS), Source.KnownItems.NONE);
    return source.read(spark.newSession(), looks).rows();
  }

  private void land(Dataset<Row> rows) {
    rows.drop(SourceRows.INTERVAL, SourceRows.REJECTED, SourceRows.RAW)
        .write()
        .mode("overwrite")
        .parquet(folder.resolve("landed").toString());
  }

  private static double cpu(Work work) throws Exception {
    var process =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    System.gc();
    long before = process.getProcessCpuTime();
    work.run();
    return (process.getProcessCpuTime() - before) / 1e9;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  private static String told(List<Double> values) {
    return String.format(
        Locale.ROOT,
        "%.1f (%.1f .. %.1f)",
        median(values),
        Collections.min(values),
        Collections.max(values));
  }

  // ---- the bare clients

  private void fillShop() throws SQLException {
    try (Connection connection = DriverManager.getConnection(shop);
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE order_line AS SELECT n AS id, n / 20 AS invoice, 'S' || n %% 4000 AS stock_code,
            'WHITE HANGING HEART ' || n %% 4000 AS description, (n %% 48)::int AS quantity,
            (n %% 2000 / 100.0)::numeric(12,2) AS price, TIMESTAMP '2011-01-01' + n * INTERVAL '1 second' AS at
          FROM generate_series(1, 1000000) AS n"""
              .replace("%%", "%"));
    }
  }

  private void loopOverRows() throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection(shop);
        Landing landing =
            new Landing(
                folder.resolve("bare.parquet"),
                """
                message row { required int64 id; required int64 invoice; required binary stock_code (UTF8);
                  required binary description (UTF8); required int32 quantity; required binary price (UTF8);
                  required int64 at (TIMESTAMP(MICROS,true)); required binary _source (UTF8);
                  required int64 _received_at (TIMESTAMP(MICROS,true)); }""")) {
      long now = micros();
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(10000);
        try (ResultSet rows = statement.executeQuery("SELECT * FROM order_line")) {
          while (rows.next()) {
            landing.write(
                landing
                    .row()
                    .append("id", rows.getLong(1))
                    .append("invoice", rows.getLong(2))
                    .append("stock_code", rows.getString(3))
                    .append("description", rows.getString(4))
                    .append("quantity", rows.getInt(5))
                    .append("price", rows.getBigDecimal(6).toPlainString())
                    .append("at", rows.getTimestamp(7).getTime() * 1000)
                    .append("_source", "order_line")
                    .append("_received_at", now));
          }
        }
      }
    }
  }

  private static long micros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  private void loopOverPages() throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    ObjectMapper json = new ObjectMapper();
    try (Landing landing =
        new Landing(
            folder.resolve("bare.parquet"),
            """
            message row { required int64 id; required binary customer (UTF8);
              required binary total (UTF8); required binary at (UTF8); required binary lines (UTF8);
              required binary _source (UTF8); required int64 _received_at (TIMESTAMP(MICROS,true)); }""")) {
      for (int page = 1; ; page++) {
        URI uri =
            URI.create(
                "http://localhost:%d/orders?size=%d&page=%d"
                    .formatted(port, PageServer.SIZE, page));
        byte[] body =
            client
                .send(
                    HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
        long now = micros();
        JsonNode items = json.readTree(body).get("items");
        if (items.isEmpty()) {
          break;
        }
        for (JsonNode item : items) {
          landing.write(
              landing
                  .row()
                  .append("id", item.get("id").asLong())
                  .append("customer", item.get("customer").toString())
                  .append("total", item.get("total").asText())
                  .append("at", item.get("at").asText())
                  .append("lines", item.get("lines").toString())
                  .append("_source", uri.toString())
                  .append("_received_at", now));
        }
      }
    }
  }
}
