package io.sluice.source.nosql;

import io.sluice.api.SourceException;
import io.sluice.lake.SourceSpec;
import java.util.Arrays;
import java.util.Collection;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A collection as its documents in extended JSON, the one form in which nothing is lost. */
record MongoCollection(SourceSpec.Mongo mongo, MongoFailure failure) {
  private static final StructType DOCUMENT =
      new StructType().add(MongoQuery.DOCUMENT, DataTypes.StringType);
  private static final String PARTITIONERS = "com.mongodb.spark.sql.connector.read.partitioner.";

  /**
   * @param pipeline ends with documents as {@link MongoQuery#DOCUMENT}
   */
  Dataset<Row> read(SparkSession spark, String pipeline, int readers) {
    return spark
        .read()
        .format(Connector.MONGODB.format())
        .schema(DOCUMENT)
        .option("connection.uri", MongoUri.of(mongo))
        .option("database", mongo.database())
        .option("collection", mongo.collection())
        .option("outputExtendedJson", "true")
        .option("aggregation.pipeline", pipeline)
        .option(
            "partitioner",
            PARTITIONERS
                + (readers == 1
                    ? "SinglePartitionPartitioner"
                    : "PaginateIntoPartitionsPartitioner"))
        .option("partitioner.options.max.number.of.partitions", readers)
        .load();
  }

  /** A few documents, in one part. */
  Dataset<String> texts(SparkSession spark, String pipeline) {
    return read(spark, pipeline, 1).as(Encoders.STRING());
  }

  /** A name that is written wrong would read as a collection without documents. */
  void insist() {
    Collection<String> names = names();
    if (!names.contains(mongo.collection())) {
      throw SourceException.ofAll(
          "%s: source: %s: there is no such collection; in this database there %s"
              .formatted(
                  failure.where(),
                  failure.name(),
                  names.isEmpty() ? "is none" : "are " + String.join(", ", names)),
          null);
    }
  }

  /** The connector has no question for it; its driver is asked, which is only there by name. */
  private Collection<String> names() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try {
      Class<?> clients = Class.forName("com.mongodb.client.MongoClients", true, loader);
      Object client = clients.getMethod("create", String.class).invoke(null, MongoUri.of(mongo));
      try (AutoCloseable closing = (AutoCloseable) client) {
        Object database = call(loader, "MongoClient", closing, "getDatabase", mongo.database());
        Object found = call(loader, "MongoDatabase", database, "listCollectionNames");
        // Who may read some collections only is told of those.
        Class.forName("com.mongodb.client.ListCollectionNamesIterable", true, loader)
            .getMethod("authorizedCollections", boolean.class)
            .invoke(found, true);
        Collection<String> names = new TreeSet<>();
        ((Iterable<?>) found).forEach(name -> names.add(String.valueOf(name)));
        return names;
      }
    } catch (ReflectiveOperationException e) {
      throw failure.told(e.getCause() == null ? e : e.getCause(), true);
    } catch (Exception e) {
      throw failure.told(e, true);
    }
  }

  private static Object call(ClassLoader loader, String type, Object on, String name, String... of)
      throws ReflectiveOperationException {
    Class<?>[] types = new Class<?>[of.length];
    Arrays.fill(types, String.class);
    return Class.forName("com.mongodb.client." + type, true, loader)
        .getMethod(name, types)
        .invoke(on, (Object[]) of);
  }
}
