package io.sluice.table;

import io.delta.tables.DeltaOptimizeBuilder;
import io.delta.tables.DeltaTable;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** What keeps one table small and quick, without changing a row of it. */
public final class TableCare {
  /** So many partitions are named in one statement at most. */
  private static final int AT_ONCE = 100;

  /** Small files become files of up to so many bytes. */
  private static final long LARGE = 1L << 30;

  private static final String NULL_PARTITION = "__HIVE_DEFAULT_PARTITION__";

  private final SparkSession spark;
  private final String path;

  TableCare(SparkSession spark, String path) {
    this.spark = spark;
    this.path = path;
    // Files that are written again go where the JVM's clock says: see SessionSettings.
    spark.conf().set("spark.sql.session.timeZone", TimeZone.getDefault().getID());
    // The log then tells when a table was taken care of.
    spark.conf().set("spark.databricks.delta.vacuum.logging.enabled", "true");
  }

  /** The files of the newest version, by their path under the table. */
  public List<String> liveFiles() {
    String start = folder();
    return Stream.of(spark.read().format("delta").load(path).inputFiles())
        .map(file -> URI.create(file).getPath())
        .map(file -> file.startsWith(start) ? file.substring(start.length()) : file)
        .toList();
  }

  private String folder() {
    String start = path.contains(":") ? URI.create(path.replace(" ", "%20")).getPath() : path;
    return start.endsWith("/") ? start : start + "/";
  }

  /**
   * Puts the small files of these partitions together.
   *
   * @param folders of the partitions, under the table's; empty text where it has none
   * @param small files under so many bytes are
   */
  public void compact(List<String> folders, long small) {
    spark.conf().set("spark.databricks.delta.optimize.minFileSize", String.valueOf(small));
    spark
        .conf()
        .set("spark.databricks.delta.optimize.maxFileSize", String.valueOf(Math.max(small, LARGE)));
    for (DeltaOptimizeBuilder part : parts(folders)) {
      part.executeCompaction();
    }
  }

  /** Puts rows of these partitions side by side that are near each other in these columns. */
  public void zorder(List<String> folders, List<String> columns) {
    for (DeltaOptimizeBuilder part : parts(folders)) {
      part.executeZOrderBy(columns.toArray(new String[0]));
    }
  }

  private List<DeltaOptimizeBuilder> parts(List<String> folders) {
    List<DeltaOptimizeBuilder> parts = new ArrayList<>();
    if (folders.contains("")) {
      parts.add(DeltaTable.forPath(spark, path).optimize());
      return parts;
    }
    for (int from = 0; from < folders.size(); from += AT_ONCE) {
      String where =
          folders.subList(from, Math.min(folders.size(), from + AT_ONCE)).stream()
              .map(TableCare::predicate)
              .collect(Collectors.joining(" OR "));
      parts.add(DeltaTable.forPath(spark, path).optimize().where(where));
    }
    return parts;
  }

  /** Of a folder as Hive names it: {@code day=2011-01-01/shop=a%2Fb}. */
  static String predicate(String folder) {
    return Stream.of(folder.split("/"))
        .map(
            level -> {
              String column = Columns.quoted(unescaped(level.substring(0, level.indexOf('='))));
              String value = level.substring(level.indexOf('=') + 1);
              return value.equals(NULL_PARTITION)
                  ? column + " IS NULL"
                  : "%s = '%s'"
                      .formatted(
                          column, unescaped(value).replace("\\", "\\\\").replace("'", "\\'"));
            })
        .collect(Collectors.joining(" AND ", "(", ")"));
  }

  private static String unescaped(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Removes what was in the table longer ago than this, and what never was. */
  public void vacuum(Duration keep) {
    DeltaTable.forPath(spark, path).vacuum(keep.toSeconds() / 3600.0);
  }

  /**
   * Makes the table keep what was in it for so long, whoever vacuums it.
   *
   * @param receipts whether there are receipts in its log, which then is cleaned by us alone
   */
  public void keep(Duration keep, boolean receipts) {
    Map<String, String> wanted = new TreeMap<>(TableProperties.keeping(keep));
    if (receipts) {
      wanted.put("delta.enableExpiredLogCleanup", "false");
    }
    Map<String, String> has = TableProperties.of(spark, path);
    wanted.entrySet().removeIf(entry -> entry.getValue().equals(has.get(entry.getKey())));
    TableProperties.set(spark, path, wanted);
  }

  /** Takes the rows of these attempts out of a quarantine table. */
  public void forget(List<String> attempts) {
    spark.sql(
        "DELETE FROM delta.%s WHERE %s IN (%s)"
            .formatted(
                Columns.quoted(path),
                Quarantine.ATTEMPT,
                attempts.stream()
                    .map(attempt -> "'" + attempt.replace("'", "\\'") + "'")
                    .collect(Collectors.joining(", "))));
  }

  /**
   * Writes a checkpoint.
   *
   * @param cleans whether the log then forgets the commits that are older than it keeps them
   */
  public void checkpoint(boolean cleans) {
    if (DeltaTables.mayUseInternals(spark)
        && InternalProbe.isUsable()
        && InternalProbe.canCheckpoint()) {
      InternalCheckpoint.write(spark, path);
      if (cleans) {
        InternalCheckpoint.forgetCommits(spark, path);
      }
    } else {
      PublicCheckpoint.write(spark, path, cleans);
    }
  }
}
