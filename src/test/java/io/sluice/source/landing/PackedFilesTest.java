package io.sluice.source.landing;

import static io.sluice.source.LandingFolder.days;
import static io.sluice.source.Rows.read;
import static io.sluice.source.Rows.shown;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.Look;
import io.sluice.api.Source;
import io.sluice.api.Source.KnownItems;
import io.sluice.api.SourceException;
import io.sluice.lake.SourceSpec;
import io.sluice.source.LandingFolder;
import io.sluice.testing.TestSpark;
import io.sluice.time.Interval;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.BZip2Codec;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packed files, in formats that Spark reads and in ours. */
class PackedFilesTest {
  @TempDir Path temp;

  @Test
  void filesAreReadHoweverTheyArePacked() throws IOException {
    LandingFolder landing =
        new LandingFolder(temp)
            .option("header", "true")
            .file("2011-01-01.csv", "a,b\n1,2\n")
            .gzip("2011-01-02.csv.gz", "a,b\n3,4\n")
            .bytes("2011-01-03.csv.bz2", bzip("a,b\n5,6\n"))
            .bytes("2011-01-04.csv.zip", zip("folder/", "", "folder/x.csv", "a,b\n7,8\n"))
            .bytes("2011-01-05.csv", new byte[0]);

    assertEquals(
        List.of("[1,2]", "[3,4]", "[5,6]", "[7,8]"),
        shown(
            read(landing.source("{yyyy-MM-dd}.csv*", "csv"), days("2011-01-01", "2011-01-05")),
            "a",
            "b"));
  }

  @Test
  void ourOwnReadersTakeThemToo() throws IOException {
    LandingFolder landing =
        new LandingFolder(temp)
            .bytes("2011-01-01.txt.bz2", bzip("ab\ncd\n"))
            .bytes("2011-01-02.txt.zip", zip("x", "ef\n"));
    Source source =
        landing.source(
            new SourceSpec.Fixed(
                landing.landing("{yyyy-MM-dd}.txt.*"),
                List.of(new SourceSpec.Fixed.Field("all", new SourceSpec.Fixed.Place(1, 2))),
                Optional.empty(),
                "UTF-8"));

    assertEquals(
        List.of("[ab]", "[cd]", "[ef]"),
        shown(read(source, days("2011-01-01", "2011-01-02")), "all"));
  }

  @Test
  void anArchiveOfSeveralFilesIsRefusedByName() throws IOException {
    LandingFolder landing =
        new LandingFolder(temp)
            .file("2011-01-01.csv", "a\n1\n")
            .bytes("2011-01-02.csv.zip", zip("x.csv", "a\n1\n", "y.csv", "a\n2\n"));
    Source source = landing.source("{yyyy-MM-dd}.csv*", "csv");
    List<Interval> two = days("2011-01-01", "2011-01-02");
    Map<Interval, Look> looks = source.look(two, KnownItems.NONE);
    SparkSession spark = TestSpark.session().newSession();

    Exception failure =
        assertThrows(
            Exception.class,
            () -> {
              Dataset<Row> rows = source.read(spark, looks).rows();
              rows.collectAsList();
            });

    SourceException told =
        failure instanceof SourceException known
            ? known
            : FileFailures.explain(failure, looks, spark).orElseThrow();
    assertTrue(
        String.valueOf(told.getMessage())
            .contains("2011-01-02.csv.zip can't be read: the zip archive holds more than one file"),
        told.getMessage());
    assertEquals(two.subList(1, 2), told.culprits());
  }

  private static byte[] bzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BZip2Codec codec = new BZip2Codec();
    codec.setConf(new Configuration());
    try (OutputStream out = codec.createOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] zip(String... namesAndTexts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        out.putNextEntry(new ZipEntry(namesAndTexts[i]));
        out.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
