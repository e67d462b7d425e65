package io.sluice.source.nosql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The type that all values have that were seen in one place; text where there is none but that.
 *
 * @param scalar empty where nothing was seen but NULL, or what is nested
 * @param element of arrays
 * @param fields of documents, in the order in which they were seen
 */
record SampledType(
    Optional<DataType> scalar, Optional<SampledType> element, Map<String, SampledType> fields) {
  /** Documents whose names are values: a column for each would be none. */
  private static final int MOST_FIELDS = 200;

  private static final String FORBIDDEN = " ,;{}()\n\t=";
  private static final DataType EXACT = DataTypes.createDecimalType(38, 18);

  static final SampledType NOTHING = new SampledType(Optional.empty(), Optional.empty(), Map.of());

  static SampledType of(JsonNode node) {
    BsonValue value = BsonValue.of(node);
    return switch (value.kind()) {
      case NULL -> NOTHING;
      case BOOLEAN -> scalar(DataTypes.BooleanType);
      case WHOLE -> scalar(DataTypes.LongType);
      case FLOATING -> scalar(DataTypes.DoubleType);
      case DECIMAL -> scalar(EXACT);
      case TIME -> scalar(DataTypes.TimestampType);
      case BYTES -> scalar(DataTypes.BinaryType);
      case TEXT, OBJECT_ID, UUID, OTHER -> scalar(DataTypes.StringType);
      case ARRAY -> {
        SampledType element = NOTHING;
        for (JsonNode one : node) {
          element = element.and(of(one));
        }
        yield new SampledType(Optional.empty(), Optional.of(element), Map.of());
      }
      case DOCUMENT -> {
        Map<String, SampledType> fields = new LinkedHashMap<>();
        Iterator<Map.Entry<String, JsonNode>> entries = node.fields();
        while (entries.hasNext()) {
          Map.Entry<String, JsonNode> entry = entries.next();
          fields.put(entry.getKey(), of(entry.getValue()));
        }
        yield fields.isEmpty()
            ? scalar(DataTypes.StringType)
            : new SampledType(Optional.empty(), Optional.empty(), fields);
      }
    };
  }

  /** The columns of these documents, as Spark's JSON has a type. */
  static Iterator<String> ofAll(Iterator<String> documents) {
    SampledType all = NOTHING;
    while (documents.hasNext()) {
      all = all.and(of(DocumentRows.parsed(documents.next())));
    }
    return List.of(all.columns().json()).iterator();
  }

  private static SampledType scalar(DataType type) {
    return new SampledType(Optional.of(type), Optional.empty(), Map.of());
  }

  SampledType and(SampledType other) {
    if (equals(NOTHING) || other.equals(NOTHING)) {
      return equals(NOTHING) ? other : this;
    }
    if (scalar.isPresent() && other.scalar.isPresent()) {
      return scalar(wider(scalar.get(), other.scalar.get()));
    }
    if (element.isPresent() && other.element.isPresent()) {
      return new SampledType(
          Optional.empty(), Optional.of(element.get().and(other.element.get())), Map.of());
    }
    if (fields.isEmpty() || other.fields.isEmpty()) {
      return scalar(DataTypes.StringType);
    }
    Map<String, SampledType> all = new LinkedHashMap<>(fields);
    other.fields.forEach((name, type) -> all.merge(name, type, SampledType::and));
    return new SampledType(Optional.empty(), Optional.empty(), all);
  }

  private static DataType wider(DataType one, DataType other) {
    Set<DataType> both = new HashSet<>(List.of(one, other));
    if (both.size() == 1) {
      return one;
    }
    if (both.equals(Set.of(DataTypes.LongType, DataTypes.DoubleType))) {
      return DataTypes.DoubleType;
    }
    return both.equals(Set.of(DataTypes.LongType, EXACT)) ? EXACT : DataTypes.StringType;
  }

  DataType type() {
    if (scalar.isPresent()) {
      return scalar.get();
    }
    if (element.isPresent()) {
      return DataTypes.createArrayType(element.get().type());
    }
    boolean isStruct =
        !fields.isEmpty()
            && fields.size() <= MOST_FIELDS
            && names().size() == fields.size()
            && fields.keySet().stream().allMatch(SampledType::isName);
    return isStruct ? struct() : DataTypes.StringType;
  }

  /** Of the documents themselves: what can't be a column is not one. */
  StructType columns() {
    StructType columns = new StructType();
    Set<String> seen = new LinkedHashSet<>();
    for (Map.Entry<String, SampledType> field : fields.entrySet()) {
      if (isName(field.getKey()) && seen.add(field.getKey().toLowerCase(Locale.ROOT))) {
        columns = columns.add(field.getKey(), field.getValue().type());
      }
    }
    return columns;
  }

  private StructType struct() {
    StructType struct = new StructType();
    for (Map.Entry<String, SampledType> field : fields.entrySet()) {
      struct = struct.add(field.getKey(), field.getValue().type());
    }
    return struct;
  }

  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    fields.keySet().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    return names;
  }

  private static boolean isName(String name) {
    return !name.isEmpty()
        && name.chars().noneMatch(c -> FORBIDDEN.indexOf(c) >= 0 || c < ' ' || c == '\uFFFD');
  }
}
