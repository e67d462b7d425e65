package io.sluice.source.nosql;

import io.sluice.lake.SourceSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Which fields of documents are columns, and of which type: by their received names.
 *
 * @param table the columns that documents have filled before, under the names they have there
 */
record MongoTypes(List<SourceSpec.Column> declared, StructType table) {

  MongoTypes {
    declared = List.copyOf(declared);
  }

  /** Declared types before the table's, and those before sampled ones; names in any case. */
  StructType over(StructType sampled) {
    Map<String, DataType> known = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    Map<String, DataType> unseen = new LinkedHashMap<>();
    for (StructField field : table.fields()) {
      if (declared.stream().noneMatch(column -> column.name().equalsIgnoreCase(field.name()))) {
        known.put(field.name(), field.dataType());
        unseen.put(field.name(), field.dataType());
      }
    }
    for (SourceSpec.Column column : declared) {
      type(column).ifPresent(type -> known.put(column.received(), type));
      unseen.put(column.received(), type(column).orElse(DataTypes.StringType));
    }
    StructType types = new StructType();
    for (StructField field : sampled.fields()) {
      if (!field.name().equalsIgnoreCase(DocumentRows.REST)) {
        types = types.add(field.name(), known.getOrDefault(field.name(), field.dataType()));
        unseen.keySet().removeIf(field.name()::equalsIgnoreCase);
      }
    }
    for (Map.Entry<String, DataType> left : unseen.entrySet()) {
      types = types.add(left.getKey(), left.getValue());
    }
    return types;
  }

  private static Optional<DataType> type(SourceSpec.Column column) {
    return column.type().map(DataType::fromDDL);
  }
}
