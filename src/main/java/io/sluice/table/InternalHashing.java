package io.sluice.table;

import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.stats.DeltaJobStatisticsTracker;
import org.apache.spark.sql.delta.stats.StatisticsCollection;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.Tuple2;
import scala.collection.Seq;

/**
 * A transaction that knows of each file it writes what its rows come to, and leaves it with the
 * file, as a tag: what the table holds is then known without reading it.
 */
final class InternalHashing extends OptimisticTransaction {
  private final List<String> besides;
  private Optional<InternalHashTracker> tracker = Optional.empty();

  /**
   * @param besides columns that do not count
   */
  InternalHashing(DeltaLog log, Snapshot start, List<String> besides) {
    super(log, Option.empty(), start);
    this.besides = besides;
  }

  @Override
  public Tuple2<Option<DeltaJobStatisticsTracker>, Option<StatisticsCollection>>
      getOptionalStatsTrackerAndStatsCollection(
          Seq<Attribute> output, Path path, StructType partitionBy, Dataset<Row> data) {
    Tuple2<Option<DeltaJobStatisticsTracker>, Option<StatisticsCollection>> own =
        super.getOptionalStatsTrackerAndStatsCollection(output, path, partitionBy, data);
    if (own._1().isEmpty()) {
      return own;
    }
    InternalHashTracker hashing =
        new InternalHashTracker(deltaLog().newDeltaHadoopConf(), own._1().get(), besides);
    tracker = Optional.of(hashing);
    return new Tuple2<>(Option.apply(hashing), own._2());
  }

  /**
   * A commit that adds no file has still seen which there are: what others add to them meanwhile is
   * a conflict.
   */
  @Override
  public boolean canDowngradeToSnapshotIsolation(
      Seq<Action> actions, DeltaOperations.Operation operation) {
    return false;
  }

  /** The file that was written last, with what its rows come to. */
  AddFile tagged(AddFile file) {
    return tracker
        .map(known -> known.hashes().get(new Path(file.path()).getName()))
        .map(hash -> InternalTag.put(file, hash))
        .orElse(file);
  }
}
