package io.sluice.bench.ingest;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.spark.sql.SparkSession;

/** Writes the files that are read; the same bytes each time. */
final class Feeds {
  private static final int ROWS = 2_000_000;
  private static final int LOG_LINES = 5_000_000;
  private static final int ELEMENTS = 500_000;
  private static final String[] PATHS = {
    "/", "/presentations/logstash-monitorama-2013/images/kibana-search.png", "/blog/tags/puppet?flav=rss20",
    "/favicon.ico", "/projects/xdotool/", "/style2.css", "/images/jordan-80.png", "/robots.txt"
  };
  private static final String[] AGENTS = {
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_9_1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/32.0.1700.77 Safari/537.36",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "UniversalFeedParser/4.2-pre-314-svn +http://feedparser.org/",
    "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:27.0) Gecko/20100101 Firefox/27.0"
  };

  private final Path folder;

  Feeds(Path folder) {
    this.folder = folder;
  }

  /** Writes a line, or whatever a record is. */
  private interface Record {
    void write(BufferedWriter out, SplittableRandom random, int number) throws IOException;
  }

  private Path file(String name, int records, String before, String after, Record record)
      throws IOException {
    Path file = folder.resolve(name);
    if (Files.exists(file)) {
      return file;
    }
    Path unfinished = folder.resolve(name + ".tmp");
    SplittableRandom random = new SplittableRandom(1);
    try (BufferedWriter out = Files.newBufferedWriter(unfinished)) {
      out.write(before);
      for (int i = 0; i < records; i++) {
        record.write(out, random, i);
      }
      out.write(after);
    }
    return Files.move(unfinished, file);
  }

  void write(SparkSession spark) throws IOException {
    Path csv =
        file(
            "sales.csv",
            ROWS,
            "invoice,stock_code,description,quantity,price,customer,country,sold_at\n",
            "",
            (out, random, i) ->
                out.write(
                    "%d,%d,\"WHITE HANGING, HEART T-LIGHT HOLDER %d\",%d,%d.%02d,%d,United Kingdom,%s\n"
                        .formatted(
                            536365 + i / 20,
                            random.nextInt(10000, 90000),
                            random.nextInt(4000),
                            random.nextInt(1, 48),
                            random.nextInt(20),
                            random.nextInt(100),
                            random.nextInt(12000, 18000),
                            moment(i))));
    file(
        "sales.json",
        ROWS / 2,
        "",
        "",
        (out, random, i) ->
            out.write(
                "{\"invoice\":%d,\"stock_code\":\"%d\",\"description\":\"WHITE HANGING HEART %d\",\"quantity\":%d,\"price\":%d.%02d,\"sold_at\":\"%s\"}\n"
                    .formatted(
                        536365 + i / 20,
                        random.nextInt(10000, 90000),
                        random.nextInt(4000),
                        random.nextInt(1, 48),
                        random.nextInt(20),
                        random.nextInt(100),
                        moment(i))));
    file(
        "sales.txt",
        ROWS,
        "",
        "",
        (out, random, i) ->
            out.write(
                "%010d%-12s%08d%-30s\n"
                    .formatted(i, "S" + random.nextInt(90000), random.nextInt(100000), "HOLDER " + random.nextInt(4000))));
    file(
        "rates.xml",
        ELEMENTS,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rates>\n",
        "</rates>\n",
        (out, random, i) ->
            out.write(
                "  <rate currency=\"C%02d\" day=\"%s\"><value>%d.%05d</value><bank>Bank &amp; Sons %d</bank></rate>\n"
                    .formatted(i % 40, moment(i).substring(0, 10), random.nextInt(200), random.nextInt(100000), random.nextInt(90))));
    file(
        "access.log",
        LOG_LINES,
        "",
        "",
        (out, random, i) ->
            out.write(
                "%d.%d.%d.%d - - [17/May/2015:%02d:%02d:%02d +0000] \"GET %s HTTP/1.1\" %d %d \"http://semicomplete.com%s\" \"%s\"\n"
                    .formatted(
                        random.nextInt(1, 224),
                        random.nextInt(256),
                        random.nextInt(256),
                        random.nextInt(256),
                        i / 208334 % 24,
                        random.nextInt(60),
                        random.nextInt(60),
                        PATHS[random.nextInt(PATHS.length)],
                        random.nextInt(10) == 0 ? 404 : 200,
                        random.nextInt(200000),
                        PATHS[random.nextInt(PATHS.length)],
                        AGENTS[random.nextInt(AGENTS.length)])));
    Path parquet = folder.resolve("sales.parquet");
    if (!Files.exists(parquet)) {
      spark
          .read()
          .option("header", "true")
          .option("inferSchema", "true")
          .csv(csv.toString())
          .coalesce(2)
          .write()
          .parquet(parquet.toString());
    }
  }

  private static String moment(int number) {
    return String.format(
        Locale.ROOT,
        "2011-%02d-%02d %02d:%02d:%02d",
        1 + number % 12,
        1 + number % 28,
        number % 24,
        number % 60,
        number / 7 % 60);
  }
}
