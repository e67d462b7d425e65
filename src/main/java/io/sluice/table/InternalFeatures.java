package io.sluice.table;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.types.StructField;
import scala.collection.JavaConverters;

/**
 * What a table may have been given by others that only Delta's own writer keeps, such as generated
 * columns or a change feed.
 */
final class InternalFeatures {
  private static final List<String> KNOWN =
      List.of("appendOnly", "invariants", "timestampNtz", "checkConstraints", "domainMetadata");
  private static final List<String> OFF =
      List.of(
          "delta.enableChangeDataFeed", "delta.enableDeletionVectors", "delta.enableRowTracking");
  private static final List<String> OF_COLUMNS =
      List.of(
          "delta.generationExpression",
          "delta.identity.start",
          "CURRENT_DEFAULT",
          "delta.invariants");

  private InternalFeatures() {}

  /** Whether rows may be put into the table without Delta's own writer. */
  static boolean areKnown(Snapshot now) {
    Map<String, String> settings = JavaConverters.mapAsJavaMap(now.metadata().configuration());
    return !isMapped(now)
        && OFF.stream().noneMatch(key -> Boolean.parseBoolean(settings.get(key)))
        && settings.keySet().stream().noneMatch(key -> key.startsWith("delta.constraints."))
        && Stream.of(now.metadata().schema().fields()).allMatch(InternalFeatures::isPlain)
        && now.protocol().readerAndWriterFeatureNames().toStream().forall(KNOWN::contains);
  }

  /** Whether the files name the columns otherwise than the table does. */
  static boolean isMapped(Snapshot snapshot) {
    return !snapshot.metadata().columnMappingMode().name().equals("none");
  }

  private static boolean isPlain(StructField field) {
    return field.nullable() && OF_COLUMNS.stream().noneMatch(field.metadata()::contains);
  }
}
