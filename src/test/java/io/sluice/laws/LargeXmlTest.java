package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.testing.XmlOrders;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gigabyte of XML in one file, read by a process with little memory. It takes minutes: {@code mvn
 * test -Dtest=LargeXmlTest -Dsluice.large=true}.
 */
@EnabledIfSystemProperty(named = "sluice.large", matches = "true")
class LargeXmlTest {
  private static final long BYTES = Long.getLong("sluice.large.bytes", 1L << 30);
  private static final String HEAP = System.getProperty("sluice.large.heap", "512m");

  @TempDir Path folder = Path.of("");

  @Test
  void aGigabyteOfXmlIsReadInAHeapOfHalfAsMuch() throws Exception {
    TestLake lake =
        TestLake.at(folder, "2011-01-02T04:00:00Z")
            .file(
                "jobs/raw/orders.conf",
                """
                source {
                  type = xml, path = "landing/{yyyy-MM-dd}.xml", row = order
                  namespaces { shop = "urn:shop" }, columns { _id = bigint, total = "decimal(12,2)" }
                }
                partition-by = day
                start = 2011-01-01
                end = 2011-01-01
                """);
    Path file = Files.createDirectories(folder.resolve("landing")).resolve("2011-01-01.xml");
    XmlOrders orders = new XmlOrders(BYTES);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      orders.transferTo(out);
    }

    long begin = System.nanoTime();
    long peak = 0;
    Duration cpu = Duration.ZERO;
    try (ChildRun run = ChildRun.start(folder, "UTC", HEAP)) {
      while (!run.hasEndedWithin(Duration.ofMillis(200))) {
        peak = Math.max(peak, run.peakMegabytes());
        cpu = run.cpu();
      }
      System.out.println(run.ended());
    }
    System.out.printf(
        "%,d bytes of XML, %,d rows: %,d s (%,d s of CPU), at most %,d MB of the machine's memory, a heap of %s%n",
        Files.size(file),
        orders.written(),
        Duration.ofNanos(System.nanoTime() - begin).toSeconds(),
        cpu.toSeconds(),
        peak,
        HEAP);
    assertEquals(orders.written(), lake.table("raw.orders").count());
    assertEquals(
        orders.written(), lake.table("raw.orders").selectExpr("max(_id)").first().getLong(0));
  }
}
