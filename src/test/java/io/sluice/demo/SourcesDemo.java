package io.sluice.demo;

import io.sluice.cli.Shell;
import io.sluice.testing.CassandraServer;
import io.sluice.testing.IssueApi;
import io.sluice.testing.MongoWire;
import io.sluice.testing.TestSpark;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Takes in what companies have (log files, XML, a relational database, two NoSQL stores, an API),
 * each from a real server that it starts and stops itself, and compares what came with what was
 * sent. Arguments: the clone's folder, and an empty one.
 */
public final class SourcesDemo {
  private final Path samples;
  private final Path folder;
  private final PrintStream out;
  private final List<Feed> feeds = new ArrayList<>();

  private SourcesDemo(Path home, Path folder, PrintStream out) {
    this.samples = home.resolve("src/sample/landing");
    this.folder = folder;
    this.out = out;
  }

  public static void main(String[] args) throws IOException, SQLException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path folder = Path.of(args[1]).toAbsolutePath();
    if (Files.exists(folder) && (!Files.isDirectory(folder) || !isEmpty(folder))) {
      System.err.println(folder + " is not an empty folder; name another with --dir, or remove it");
      System.exit(2);
    }
    System.exit(new SourcesDemo(Path.of(args[0]), Files.createDirectories(folder), out).run());
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private int run() throws IOException, SQLException {
    out.println("Starting servers (Cassandra takes half a minute) ...");
    Path cassandra = Files.createTempDirectory("sluice-cassandra");
    try (CassandraServer visits = new CassandraServer(cassandra);
        MongoWire baskets = new MongoWire();
        IssueApi issues = new IssueApi()) {
      Shop shop = new Shop(samples.resolve("sales"));
      database(shop);
      documents(baskets, shop.baskets());
      cassandra(visits);
      api(issues);
      logs();
      xml();
      project();
      feeds.forEach(feed -> out.printf("  %-12s %s%n", feed.job(), feed.server()));
      Shell sluice = new Shell(folder, Clock.systemDefaultZone());
      int exit = sluice.show("run");
      if (exit != 0) {
        return exit;
      }
    }
    // What failed is looked for in its log.
    remove(cassandra);
    return compared();
  }

  // ---- what is sent

  private void database(Shop shop) throws SQLException {
    feeds.add(
        new Feed(
            "order_line",
            "PostgreSQL " + shop.version() + ", a server of its own",
            """
            description  = "Invoice lines, by the time of their invoice"
            source {
              type = jdbc, url = "%s"
              table = order_line, by = invoiced_at
            }
            partition-by = order_day
            start        = 2010-12-01
            end          = 2010-12-03
            """
                .formatted(shop.url()),
            shop.lines()));
  }

  private void documents(MongoWire server, List<String> baskets) {
    server.insert("shop", "basket", baskets.toArray(String[]::new));
    feeds.add(
        new Feed(
            "basket",
            "MongoDB's protocol, spoken by mongo-java-server (not mongod)",
            """
            description  = "An invoice with its lines"
            source       { type = mongodb, uri = "%s", database = shop, collection = basket, by = at }
            partition-by = basket_day
            start        = 2010-12-01
            end          = 2010-12-03
            """
                .formatted(server.uri()),
            server.collection("shop", "basket").countDocuments()));
  }

  private void cassandra(CassandraServer server) throws IOException {
    Visits visits = new Visits(server, samples.resolve("access"));
    feeds.add(
        new Feed(
            "visit",
            "Cassandra " + visits.version() + ", a server of its own",
            """
            description  = "Requests to a web site; Cassandra keeps a partition a day"
            source {
              type = cassandra, hosts = ["127.0.0.1"], port = %d
              user = cassandra, password = ${SLUICE_DEMO_PASSWORD}
              keyspace = site, table = visit, by = day
            }
            partition-by = day
            start        = 2015-05-17
            end          = 2015-05-17
            """
                .formatted(server.port()),
            visits.count()));
  }

  private void api(IssueApi api) {
    feeds.add(
        new Feed(
            "issue",
            "an HTTP server with GitHub's own answers: pages, links, a token",
            """
            description = "Issues of a repository, as they are now"
            source {
              type = rest, url = "%s", query { per_page = 3 }
              auth    { type = bearer, token = ${SLUICE_DEMO_TOKEN} }
              paging  { type = link }
              columns { id = bigint, number = int, created_at = timestamp }
            }
            every       = none
            """
                .formatted(api.url()),
            IssueApi.ISSUES));
  }

  private void logs() throws IOException {
    copy("access", "access", "2015-05-17.log.gz", "2015-05-18.log.gz");
    long lines = 0;
    for (Path log : list(folder.resolve("landing/access"))) {
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(
                  new GZIPInputStream(Files.newInputStream(log)), StandardCharsets.UTF_8))) {
        lines += reader.lines().count();
      }
    }
    feeds.add(
        new Feed(
            "access_log",
            "files: an Apache's log",
            """
            description  = "The same site's log"
            source       { type = weblog, path = "landing/access/{yyyy-MM-dd}.log*", format = combined }
            partition-by = log_date
            start        = 2015-05-17
            end          = 2015-05-18
            """,
            lines));
  }

  private void xml() throws IOException {
    String[] days = {"2010-12-01", "2010-12-02", "2010-12-03"};
    long rates = 0;
    for (String day : days) {
      String name = "eurofxref-%s.xml".formatted(day);
      copy("fx", "fx", name);
      rates +=
          Files.readString(folder.resolve("landing/fx/" + name)).split("<Cube currency=", -1).length
              - 1;
    }
    feeds.add(
        new Feed(
            "fx_rate",
            "files: XML of the European Central Bank",
            """
            description  = "Rates for a euro"
            source {
              type    = xml, path = "landing/fx/eurofxref-{yyyy-MM-dd}.xml", row = "Envelope/Cube/Cube/Cube"
              columns { _currency { name = currency }, _rate { name = rate, type = "decimal(12,5)" } }
            }
            partition-by = rate_date
            start        = 2010-12-01
            end          = 2010-12-03
            """,
            rates));
  }

  private void copy(String from, String to, String... names) throws IOException {
    Path target = Files.createDirectories(folder.resolve("landing").resolve(to));
    for (String name : names) {
      Files.copy(samples.resolve(from).resolve(name), target.resolve(name));
    }
  }

  private void project() throws IOException {
    Path jobs = Files.createDirectories(folder.resolve("jobs/raw"));
    Files.createDirectories(folder.resolve("conf"));
    Files.writeString(folder.resolve("conf/lake.conf"), "name = sources\n");
    for (Feed feed : feeds) {
      Files.writeString(jobs.resolve(feed.job() + ".conf"), feed.definition());
    }
  }

  // ---- what came

  private int compared() {
    out.printf("%n%-12s %8s %8s %12s%n", "", "sent", "in lake", "quarantined");
    boolean isEqual = true;
    for (Feed feed : feeds) {
      long written = count("lake/raw/" + feed.job());
      long quarantined = count("lake/quarantine/raw/" + feed.job());
      isEqual &= written + quarantined == feed.sent();
      out.printf(
          "%-12s %,8d %,8d %,12d%s%n",
          feed.job(),
          feed.sent(),
          written,
          quarantined,
          written + quarantined == feed.sent() ? "" : "   DIFFERENT");
    }
    out.printf(
        "%nThe servers are stopped again. Definitions and tables lie in %s; who looks at them needs SLUICE_DEMO_PASSWORD and SLUICE_DEMO_TOKEN, whatever is in them.%n",
        folder);
    return isEqual ? 0 : 1;
  }

  private long count(String table) {
    Path path = folder.resolve(table);
    return Files.isDirectory(path)
        ? TestSpark.session().read().format("delta").load(path.toString()).count()
        : 0;
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted((one, other) -> other.compareTo(one))
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
