package io.sluice.source.nosql;

import io.sluice.lake.SourceSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Which fields of documents are columns, and of which type: by their received names. */
record MongoTypes(List<SourceSpec.Column> declared) {

  MongoTypes {
    declared = List.copyOf(declared);
  }

  /** Declared types before sampled ones, and then what is declared but was not seen. */
  StructType over(StructType sampled) {
    Map<String, SourceSpec.Column> left = new HashMap<>();
    declared.forEach(column -> left.put(column.received(), column));
    StructType types = new StructType();
    for (StructField field : sampled.fields()) {
      Optional<SourceSpec.Column> own = Optional.ofNullable(left.remove(field.name()));
      if (!field.name().equalsIgnoreCase(DocumentRows.REST)) {
        types = types.add(field.name(), own.flatMap(MongoTypes::type).orElse(field.dataType()));
      }
    }
    for (SourceSpec.Column column : declared) {
      if (left.containsKey(column.received())) {
        types = types.add(column.received(), type(column).orElse(DataTypes.StringType));
      }
    }
    return types;
  }

  private static Optional<DataType> type(SourceSpec.Column column) {
    return column.type().map(DataType::fromDDL);
  }
}
