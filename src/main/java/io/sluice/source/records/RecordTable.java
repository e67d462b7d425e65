package io.sluice.source.records;

import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.util.SerializableConfiguration;

/** Records as Spark's data source; Spark makes it by its name. */
public final class RecordTable implements TableProvider {

  static final String SCAN = "scan";

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return scan(options).columns();
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return new Records(scan(new CaseInsensitiveStringMap(properties)));
  }

  private static RecordScan scan(CaseInsensitiveStringMap options) {
    return RecordScan.read(Objects.requireNonNull(options.get(SCAN), SCAN));
  }

  /** One scan from its table to its partitions: Spark's steps between are of no use here. */
  private record Records(RecordScan what) implements Table, SupportsRead, ScanBuilder, Scan, Batch {

    @Override
    public String name() {
      return "landing files";
    }

    @Override
    public StructType schema() {
      return what.columns();
    }

    @Override
    public Set<TableCapability> capabilities() {
      return Set.of(TableCapability.BATCH_READ);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
      return this;
    }

    @Override
    public Scan build() {
      return this;
    }

    @Override
    public StructType readSchema() {
      return schema();
    }

    @Override
    public Batch toBatch() {
      return this;
    }

    @Override
    public InputPartition[] planInputPartitions() {
      return what.partitions().stream().map(Part::new).toArray(InputPartition[]::new);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
      Configuration storage = SparkSession.active().sessionState().newHadoopConf();
      RecordFormat format = what.format();
      boolean keepsText = what.keepsText();
      SerializableConfiguration sent = new SerializableConfiguration(storage);
      return part -> new RecordReader(format, keepsText, ((Part) part).slices(), sent.value());
    }
  }

  private record Part(ArrayList<Slice> slices) implements InputPartition {}
}
