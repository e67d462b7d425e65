package io.sluice.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lake's own settings, and what an environment changes of them. */
class LakeConfTest {
  @TempDir Path folder;
  private TestProject project;

  @BeforeEach
  void start() {
    project = new TestProject(folder);
  }

  private Lake lake(String conf) {
    return project.file("conf/lake.conf", conf).load();
  }

  private void wrong(String conf, String expected) {
    project.file("conf/lake.conf", conf);
    assertEquals(expected, project.problems());
  }

  @Test
  void anEmptyFileHasDefaults() {
    Lake lake = lake("");
    assertEquals(String.valueOf(folder.getFileName()), lake.name());
    assertEquals("file:" + folder + "/lake", lake.root());
    assertEquals(ZoneOffset.UTC, lake.time().zone());
    assertEquals("jdbc:sqlite:" + folder + "/.sluice/ledger.db", lake.ledger().url());
    assertEquals(4, lake.parallel());
  }

  @Test
  void allKeys() {
    Lake lake =
        lake(
            """
            name = retail
            root = "s3a://bucket/lake/"
            time-zone = Europe/Berlin
            ledger { url = "jdbc:postgresql://db/sluice", user = sluice, password = secret }
            parallel = 8
            spark { spark.sql.ansi.enabled = true }
            """);
    assertEquals("retail", lake.name());
    assertEquals("s3a://bucket/lake", lake.root());
    assertEquals(ZoneId.of("Europe/Berlin"), lake.time().zone());
    assertEquals(
        new LedgerSpec(
            "jdbc:postgresql://db/sluice",
            Optional.of("sluice"),
            Optional.of(new Secret("secret"))),
        lake.ledger());
    assertFalse(lake.ledger().toString().contains("secret"));
    assertEquals(8, lake.parallel());
    assertEquals(Map.of("spark.sql.ansi.enabled", "true"), lake.spark());
  }

  @Test
  void defaultsHoldForJobsThatSayNothing() {
    project.file(
        "jobs/raw/fx_rate.conf",
        "source { type = files, path = \"fx.csv\" }\nretry { factor = 4 }\nspark { a = own }");
    Job job =
        lake("""
                defaults {
                  every = month, start = 2011-01, end = 2011-03, delay = 1h, limit = 1 %
                  batch = 6, timeout = 3h, spark { a = lake, b = lake }
                  retry { attempts = 7, delay = 2s, factor = 3, max-delay = 1m }
                }
                """)
            .job(new TableName(Layer.RAW, "fx_rate"));
    assertEquals("month", job.every().word());
    assertEquals(LocalDateTime.parse("2011-01-01T00:00"), job.schedule().first());
    assertEquals(Optional.of(LocalDateTime.parse("2011-04-01T00:00")), job.schedule().end());
    assertEquals(Duration.ofHours(1), job.schedule().delay());
    assertEquals(1, job.quality().limitPercent());
    assertEquals(6, job.effort().batch());
    assertEquals(Optional.of(Duration.ofHours(3)), job.effort().timeout());
    assertEquals(Map.of("a", "own", "b", "lake"), job.effort().spark());
    assertEquals(
        new RetrySpec(7, Duration.ofSeconds(2), 4, Duration.ofMinutes(1)), job.effort().retry());
  }

  @Test
  void theEnvironmentsFileSaysWhatDiffers() {
    project.file("conf/lake.conf", "name = retail\nroot = \"lake\"\nledger { user = a }");
    project.file("conf/prod.conf", "root = \"s3a://bucket/lake\"\nledger { user = b }");
    Lake lake = project.environment("prod").load();
    assertEquals("retail", lake.name());
    assertEquals("s3a://bucket/lake", lake.root());
    assertEquals(Optional.of("b"), lake.ledger().user());
  }

  @Test
  void aProblemOfTheEnvironmentsFileIsToldWithItsOwnLine() {
    project.file("conf/prod.conf", "\nparalel = 3").environment("prod");
    assertEquals(
        "conf/prod.conf:2: paralel: unknown key; did you mean parallel?", project.problems());
  }

  @Test
  void anEnvironmentThatIsNotThere() {
    project.file("conf/prod.conf", "").environment("prd");
    assertEquals(
        "conf/prd.conf:1: there is no such file; did you mean --env prod?", project.problems());
  }

  @Test
  void variablesComeFromTheEnvironment() {
    project.variable("LAKE_ROOT", "s3a://bucket");
    assertEquals("s3a://bucket/lake", lake("root = ${LAKE_ROOT}\"/lake\"").root());
    assertEquals("s3a://bucket", lake("root = lake\nroot = ${?LAKE_ROOT}").root());
    assertEquals("file:" + folder + "/lake", lake("root = lake\nroot = ${?OTHER}").root());
  }

  @Test
  void aVariableMayBeAKeyOfTheFile() {
    assertEquals("file:" + folder + "/retail", lake("name = retail\nroot = ${name}").root());
  }

  @Test
  void aZoneThatIsNone() {
    wrong(
        "time-zone = Europe/Berln",
        "conf/lake.conf:1: time-zone: 'Europe/Berln' is not a time zone; write Europe/Berlin");
  }

  @Test
  void aLedgerOfAnotherKind() {
    wrong(
        "ledger { url = \"jdbc:mysql://db/x\" }",
        "conf/lake.conf:1: ledger.url: the ledger is in SQLite or PostgreSQL; write \"jdbc:sqlite:…\" or \"jdbc:postgresql:…\"");
  }

  @Test
  void noticesOfALaterVersion() {
    wrong(
        "notices { mail = a }",
        "conf/lake.conf:1: notices: not yet: notices comes with a later version; leave it out");
  }

  @Test
  void careIsADefaultOfJobs() {
    CareSpec care =
        lake("defaults { care { keep = 60 days, compact = 8 MB } }")
            .job(new TableName(Layer.RAW, "sales"))
            .effort()
            .care();
    assertEquals(
        new CareSpec(Duration.ofDays(60), 8L << 20, List.of(), CareSpec.DEFAULT.every()), care);
    wrong(
        "care { keep = 60 days }",
        "conf/lake.conf:1: care: it is of tables; write it as defaults { care { … } }");
  }

  @Test
  void anUnknownDefault() {
    wrong(
        "defaults { retry { attempt = 3 } }",
        "conf/lake.conf:1: defaults.retry.attempt: unknown key; did you mean attempts?");
  }
}
