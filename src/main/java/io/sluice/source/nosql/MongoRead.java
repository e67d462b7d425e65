package io.sluice.source.nosql;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import io.sluice.api.SourceException;
import io.sluice.api.SourceRows;
import io.sluice.lake.SourceSpec;
import io.sluice.source.columns.ColumnsException;
import io.sluice.source.columns.DeclaredColumns;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.LakeTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Reads a collection; apart from its source, because a plan must load nothing of Spark.
 *
 * @param table the columns that documents have filled before
 */
record MongoRead(
    SourceSpec spec,
    SourceSpec.Mongo mongo,
    Cadence every,
    LakeTime time,
    Clock clock,
    MongoFailure failure,
    StructType table) {

  SourceRows of(SparkSession spark, List<Interval> intervals) {
    try {
      if (intervals.isEmpty()) {
        DeclaredColumns columns = columns();
        return new SourceRows(
            columns.none(spark, new StructType().add(DocumentRows.REST, DataTypes.StringType)));
      }
      Connector.MONGODB.insist(failure.where());
      return rows(spark, intervals);
    } catch (SourceException e) {
      throw e;
    } catch (ColumnsException e) {
      throw SourceException.ofAll(String.valueOf(e.getMessage()), e);
    } catch (Exception e) {
      // Spark is Scala and throws checked exceptions without saying so.
      throw failure.told(e, true);
    }
  }

  private DeclaredColumns columns() {
    return new DeclaredColumns(spec.columns(), Map.of(), failure.where());
  }

  private SourceRows rows(SparkSession spark, List<Interval> intervals) {
    MongoCollection collection = new MongoCollection(mongo, failure);
    collection.insist();
    Optional<String> by = mongo.by().filter(field -> every != Cadence.NONE);
    String pipeline =
        by.map(field -> MongoQuery.between(field, intervals, every, time))
            .orElseGet(MongoQuery::all);
    DocumentRows document =
        new DocumentRows(
            types(spark, collection), OwnInterval.of(by, every, time, intervals), time.zone());
    Column made =
        // Or Spark would make the row anew for each of its columns.
        udf(document, document.type()).asNondeterministic().apply(col(MongoQuery.DOCUMENT));
    Dataset<Row> rows =
        collection
            .read(spark, pipeline, readers(spark, collection))
            .select(col(MongoQuery.DOCUMENT), made.as("made"))
            .where(col("made.start").isNotNull());
    return new SourceRows(
        declared(rows, document.columns()),
        List.of(),
        "%s: %s".formatted(failure.name(), pipeline));
  }

  private Dataset<Row> declared(Dataset<Row> rows, StructType types) {
    List<String> received = new ArrayList<>(List.of(types.fieldNames()));
    List<Column> flat = new ArrayList<>();
    for (String name : received) {
      flat.add(col("made.values." + DeclaredColumns.quoted(name)).as(name));
    }
    received.add(DocumentRows.REST);
    flat.add(col("made._rescued").as(DocumentRows.REST));
    flat.add(col("made.start").as("__start"));
    flat.add(col("made.fault").as("__fault"));
    flat.add(col(MongoQuery.DOCUMENT).as("__document"));
    return columns()
        .rows(
            rows.select(flat.toArray(Column[]::new)),
            received,
            new DeclaredColumns.Facts(
                col("__start"),
                lit(mongo.database() + "." + mongo.collection()),
                lit(clock.instant()),
                col("__fault"),
                col("__document")),
            failure.name());
  }

  /** Declared types before the table's, and those before sampled ones. */
  private StructType types(SparkSession spark, MongoCollection collection) {
    MapPartitionsFunction<String, String> sample = SampledType::ofAll;
    StructType sampled =
        collection
            .texts(spark, MongoQuery.first(mongo.sample()))
            .mapPartitions(sample, Encoders.STRING())
            .collectAsList()
            .stream()
            .findFirst()
            .map(json -> (StructType) DataType.fromJson(json))
            .orElseGet(StructType::new);
    return new MongoTypes(spec.columns(), table).over(sampled);
  }

  /**
   * MongoDB compares keys with those of their own type only, so parts of keys of several types
   * would not be all.
   */
  private int readers(SparkSession spark, MongoCollection collection) {
    if (mongo.parallel() == 1) {
      return 1;
    }
    String least = order(spark, collection, true);
    String greatest = order(spark, collection, false);
    if (!least.equals(greatest)) {
      throw SourceException.ofAll(
          "%s: source: %s: partitions = %d: keys (_id) are of several types, from %s to %s, and can't be cut into parts; leave partitions out"
              .formatted(failure.where(), failure.name(), mongo.parallel(), least, greatest),
          null);
    }
    return mongo.parallel();
  }

  private static String order(SparkSession spark, MongoCollection collection, boolean least) {
    return collection.texts(spark, MongoQuery.edge(least)).collectAsList().stream()
        .findFirst()
        .map(document -> BsonValue.of(DocumentRows.parsed(document).path("_id")).order())
        .orElse("");
  }
}
