package io.sluice.table;

import io.sluice.deltalog.ContentHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.delta.stats.DeltaJobStatisticsTracker;
import org.apache.spark.sql.execution.datasources.WriteTaskStats;
import org.apache.spark.sql.execution.datasources.WriteTaskStatsTracker;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/** Takes the hash of each file's rows in the pass in which Delta takes their statistics. */
final class InternalHashTracker extends DeltaJobStatisticsTracker {
  private static final long serialVersionUID = 1;

  private final StructType columns;
  private final ArrayList<String> besides;
  private transient Map<String, ContentHash> hashes = Map.of();

  InternalHashTracker(Configuration hadoop, DeltaJobStatisticsTracker own, List<String> besides) {
    super(hadoop, own.path(), own.dataCols(), own.statsColExpr());
    this.besides = new ArrayList<>(besides);
    StructType named = new StructType();
    for (Attribute column : ScalaCollections.list(own.dataCols())) {
      named = named.add(column.name(), column.dataType());
    }
    columns = named;
  }

  /** By name of the file; known when all are written. */
  Map<String, ContentHash> hashes() {
    return hashes;
  }

  @Override
  public WriteTaskStatsTracker newTaskInstance() {
    WriteTaskStatsTracker own = super.newTaskInstance();
    Optional<InternalRowHash> hash = InternalRowHash.of(columns, besides);
    return hash.isPresent() ? new OfTask(own, hash.get()) : own;
  }

  @Override
  public void processStats(Seq<WriteTaskStats> stats, long jobCommitTime) {
    List<WriteTaskStats> own = new ArrayList<>();
    Map<String, ContentHash> all = new HashMap<>();
    for (WriteTaskStats one : ScalaCollections.list(stats)) {
      if (one instanceof Hashed hashed) {
        own.add(hashed.own());
        all.putAll(hashed.files());
      } else {
        own.add(one);
      }
    }
    hashes = all;
    super.processStats(ScalaCollections.seq(own), jobCommitTime);
  }

  private record Hashed(WriteTaskStats own, HashMap<String, ContentHash> files)
      implements WriteTaskStats {}

  /** Of one Spark task, which may have many files open. */
  private static final class OfTask implements WriteTaskStatsTracker {
    private final WriteTaskStatsTracker own;
    private final InternalRowHash hash;
    private final Map<String, InternalRowHash.Sum> sums = new HashMap<>();
    private String file = "";
    private InternalRowHash.Sum sum;

    OfTask(WriteTaskStatsTracker own, InternalRowHash hash) {
      this.own = own;
      this.hash = hash;
      this.sum = hash.sum();
    }

    @Override
    public void newPartition(InternalRow values) {
      own.newPartition(values);
    }

    @Override
    public void newFile(String path) {
      own.newFile(path);
      file = path;
      sum = hash.sum();
      sums.put(path, sum);
    }

    @Override
    public void closeFile(String path) {
      own.closeFile(path);
    }

    @Override
    public void newRow(String path, InternalRow row) {
      own.newRow(path, row);
      if (!path.equals(file)) {
        file = path;
        sum = sums.computeIfAbsent(path, any -> hash.sum());
      }
      sum.add(row);
    }

    @Override
    public WriteTaskStats getFinalStats(long taskCommitTime) {
      HashMap<String, ContentHash> files = new HashMap<>();
      sums.forEach((path, rows) -> files.put(new Path(path).getName(), rows.hash()));
      return new Hashed(own.getFinalStats(taskCommitTime), files);
    }
  }
}
