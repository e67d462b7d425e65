package io.sluice.table;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import scala.Option;

/** Settings of a task's own session for as long as this is open. */
final class SessionSettings implements AutoCloseable {
  private final SparkSession spark;
  private final Map<String, Optional<String>> before = new LinkedHashMap<>();

  private SessionSettings(SparkSession spark) {
    this.spark = spark;
  }

  /** A commit through Delta's commands: with this user metadata, and also where nothing changed. */
  static SessionSettings committing(SparkSession spark, String userMetadata) {
    SessionSettings settings = new SessionSettings(spark);
    settings.set("spark.databricks.delta.commitInfo.userMetadata", userMetadata);
    settings.set("spark.databricks.delta.skipRecordingEmptyCommits", "false");
    return settings;
  }

  /** The same, by a driver that holds the job's lease. */
  static SessionSettings committing(
      SparkSession spark, String userMetadata, Optional<FencedCommit.Mark> mark) {
    SessionSettings settings = committing(spark, userMetadata);
    mark.ifPresent(
        known -> {
          settings.set("spark.databricks.delta.write.txnAppId", known.fence().application());
          settings.set("spark.databricks.delta.write.txnVersion", String.valueOf(known.version()));
        });
    return settings;
  }

  /**
   * A write into partitions. Delta names the folder of a moment by the session's clock, and reads
   * the name back by the clock of the JVM: both must show the same. A session of ours puts the JVM
   * on UTC; on any other clock the hour that is there twice in autumn could not be told apart.
   */
  static SessionSettings writing(SparkSession spark, TableShape shape) {
    SessionSettings settings = new SessionSettings(spark);
    boolean byMoment =
        shape.partitionBy().stream()
            .flatMap(name -> TableShape.find(shape.columns(), name).stream())
            .anyMatch(column -> column.dataType().equals(DataTypes.TimestampType));
    if (byMoment) {
      settings.set("spark.sql.session.timeZone", TimeZone.getDefault().getID());
    }
    return settings;
  }

  private void set(String key, String value) {
    Option<String> old = spark.conf().getOption(key);
    before.put(key, old.isDefined() ? Optional.of(old.get()) : Optional.empty());
    spark.conf().set(key, value);
  }

  @Override
  public void close() {
    before.forEach(
        (key, old) ->
            old.ifPresentOrElse(
                value -> spark.conf().set(key, value), () -> spark.conf().unset(key)));
  }
}
