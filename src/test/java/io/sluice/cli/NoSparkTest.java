package io.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In processes of its own, because in this one all is loaded already. */
class NoSparkTest {

  @TempDir Path folder;

  @Test
  void aPlanLoadsNothingOfSparkOnceItsSqlWasParsed() throws Exception {
    Path project = folder.resolve("lake");
    NewProject.write(project);
    Files.writeString(
        project.resolve("jobs/raw/api.conf"),
        """
        source { type = rest, url = "http://localhost:1/orders", query { from = "{from}" } }
        start = 2011-01-01
        end = 2011-01-02
        """);
    Files.writeString(
        project.resolve("jobs/raw/documents.conf"),
        """
        source { type = mongodb, uri = "mongodb://localhost:1", database = shop, collection = orders, by = at }
        start = 2011-01-01
        end = 2011-01-02
        """);
    Files.writeString(
        project.resolve("jobs/raw/wide_rows.conf"),
        """
        source { type = cassandra, hosts = localhost, keyspace = shop, table = orders }
        start = 2011-01-01
        end = 2011-01-02
        """);
    List<String> first = loadedByPlan(project);
    assertTrue(first.stream().anyMatch(NoSparkTest::isSpark), "the first plan asks Spark's parser");
    List<String> second = loadedByPlan(project);
    assertEquals(List.of(), second.stream().filter(NoSparkTest::isSpark).toList());
    for (String source : List.of("rest.RestSource", "nosql.MongoSource", "nosql.CassandraSource")) {
      assertTrue(second.contains("io.sluice.source." + source), "the plan looks at " + source);
    }
  }

  private static boolean isSpark(String loaded) {
    return Stream.of("org.apache.spark.", "org.apache.hadoop.", "scala.", "io.delta.")
        .anyMatch(loaded::startsWith);
  }

  private List<String> loadedByPlan(Path project) throws Exception {
    Path loaded = folder.resolve("loaded");
    Path said = folder.resolve("said");
    Process plan =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + loaded,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--project",
                project.toString(),
                "plan")
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    assertEquals(0, plan.waitFor(), Files.readString(said));
    return Files.readAllLines(loaded).stream()
        .map(line -> line.replaceFirst("^(\\[[^]]*])+ ", "").split(" ")[0])
        .toList();
  }
}
