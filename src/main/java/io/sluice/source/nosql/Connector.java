package io.sluice.source.nosql;

import io.sluice.api.SourceException;

/**
 * A Spark connector that is not part of Sluice.
 *
 * @param provider a class of it
 * @param coordinates the version that was tested
 */
record Connector(String of, String format, String provider, String coordinates) {
  static final Connector MONGODB =
      new Connector(
          "MongoDB",
          "mongodb",
          "com.mongodb.spark.sql.connector.MongoTableProvider",
          "org.mongodb.spark:mongo-spark-connector_2.12:10.5.0");
  static final Connector CASSANDRA =
      new Connector(
          "Cassandra",
          "org.apache.spark.sql.cassandra",
          "org.apache.spark.sql.cassandra.DefaultSource",
          "com.datastax.spark:spark-cassandra-connector_2.12:3.5.1");

  /**
   * @param where file and line of the definition
   * @throws SourceException where it is not there
   */
  void insist(String where) {
    try {
      Class.forName(provider, false, Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException e) {
      throw SourceException.ofAll(
          "%s: source: the Spark connector for %s is not on the class path; start with spark-submit --packages %s, or in local mode with its jars in SLUICE_CLASS_PATH"
              .formatted(where, of, coordinates),
          e);
    }
  }
}
