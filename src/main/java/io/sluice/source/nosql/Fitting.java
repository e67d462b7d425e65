package io.sluice.source.nosql;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Gives the values of one document their types. Nothing is rounded but floating numbers, which are
 * not exact anyway; what no column is for is kept.
 *
 * @param zone of texts that show a civil time
 * @param rest by path: what there was no place for, as plain JSON
 */
record Fitting(ZoneId zone, Map<String, JsonNode> rest) {
  private static final long EXACT = 1L << 53;
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  /** Values in the order of the type's fields; others are kept under their paths. */
  Row row(String path, JsonNode document, StructType type) throws Misfit {
    Object[] values = new Object[type.size()];
    Set<String> known = new HashSet<>();
    for (int i = 0; i < values.length; i++) {
      StructField field = type.apply(i);
      known.add(field.name());
      JsonNode value = document.path(field.name());
      values[i] = value(path + field.name(), BsonValue.of(value), field.dataType());
    }
    Iterator<Map.Entry<String, JsonNode>> fields = document.fields();
    while (fields.hasNext()) {
      Map.Entry<String, JsonNode> field = fields.next();
      if (!known.contains(field.getKey())) {
        rest.put(path + field.getKey(), BsonValue.of(field.getValue()).plain());
      }
    }
    return RowFactory.create(values);
  }

  @Nullable Object value(String path, BsonValue value, DataType type) throws Misfit {
    if (value.isNull()) {
      return null;
    }
    if (type.equals(DataTypes.StringType)) {
      return value.text();
    }
    if (value.kind() == BsonValue.Kind.TEXT && value.node().asText().isBlank()) {
      return null;
    }
    Optional<?> fitted =
        isNested(type) ? nested(path, value, type) : scalar(value, type).map(known -> known);
    return fitted.orElseThrow(() -> new Misfit(path, value.text(), type.sql()));
  }

  private static boolean isNested(DataType type) {
    return type instanceof StructType || type instanceof ArrayType || type instanceof MapType;
  }

  private Optional<?> nested(String path, BsonValue value, DataType type) throws Misfit {
    if (type instanceof ArrayType array) {
      return value.kind() == BsonValue.Kind.ARRAY
          ? Optional.of(list(path, value.node(), array.elementType()))
          : Optional.empty();
    }
    if (value.kind() != BsonValue.Kind.DOCUMENT) {
      return Optional.empty();
    }
    return type instanceof StructType struct
        ? Optional.of(row(path + ".", value.node(), struct))
        : Optional.of(map(path, value.node(), (MapType) type));
  }

  private List<@Nullable Object> list(String path, JsonNode array, DataType type) throws Misfit {
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      list.add(value(path + "." + i, BsonValue.of(array.get(i)), type));
    }
    return list;
  }

  private Map<Object, @Nullable Object> map(String path, JsonNode document, MapType type)
      throws Misfit {
    Map<Object, @Nullable Object> map = new LinkedHashMap<>();
    Iterator<Map.Entry<String, JsonNode>> fields = document.fields();
    while (fields.hasNext()) {
      Map.Entry<String, JsonNode> field = fields.next();
      map.put(
          field.getKey(),
          value(path + "." + field.getKey(), BsonValue.of(field.getValue()), type.valueType()));
    }
    return map;
  }

  private Optional<?> scalar(BsonValue value, DataType type) {
    if (type instanceof DecimalType decimal) {
      return number(value).flatMap(number -> decimal(number, value, decimal));
    }
    return switch (type.typeName()) {
      case "boolean" -> truth(value);
      case "byte" -> whole(value).filter(n -> n.byteValue() == n).map(Long::byteValue);
      case "short" -> whole(value).filter(n -> n.shortValue() == n).map(Long::shortValue);
      case "integer" -> whole(value).filter(n -> n.intValue() == n).map(Long::intValue);
      case "long" -> whole(value);
      case "float" ->
          floating(value)
              .filter(
                  number ->
                      value.kind() == BsonValue.Kind.FLOATING
                          || number.isNaN()
                          || number.equals((double) number.floatValue()))
              .map(Double::floatValue);
      case "double" -> floating(value);
      case "date" -> civil(value).map(LocalDateTime::toLocalDate);
      case "timestamp" -> moment(value, zone);
      case "timestamp_ntz" -> civil(value);
      case "binary" -> bytes(value);
      default -> Optional.empty();
    };
  }

  private static Optional<Boolean> truth(BsonValue value) {
    String text = value.node().asText().strip();
    return switch (value.kind()) {
      case BOOLEAN -> Optional.of(value.node().asBoolean());
      case TEXT ->
          text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")
              ? Optional.of(Boolean.valueOf(text))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<BigDecimal> number(BsonValue value) {
    return switch (value.kind()) {
      case WHOLE, FLOATING, DECIMAL, TEXT -> {
        try {
          yield Optional.of(new BigDecimal(value.node().asText().strip()));
        } catch (NumberFormatException e) {
          yield Optional.empty();
        }
      }
      default -> Optional.empty();
    };
  }

  private static Optional<Long> whole(BsonValue value) {
    return number(value)
        .filter(number -> number.precision() - number.scale() <= 19 && number.scale() < 7000)
        .flatMap(
            number -> {
              try {
                return Optional.of(number.longValueExact());
              } catch (ArithmeticException e) {
                return Optional.empty();
              }
            });
  }

  private static Optional<BigDecimal> decimal(
      BigDecimal number, BsonValue value, DecimalType type) {
    if (number.precision() - (long) number.scale() > type.precision() - type.scale()
        && number.signum() != 0) {
      return Optional.empty();
    }
    BigDecimal scaled = number.setScale(type.scale(), RoundingMode.HALF_UP);
    boolean isTrue = value.kind() == BsonValue.Kind.FLOATING || scaled.compareTo(number) == 0;
    return isTrue && scaled.precision() <= type.precision()
        ? Optional.of(scaled)
        : Optional.empty();
  }

  private static Optional<Double> floating(BsonValue value) {
    String text = value.node().asText().strip();
    if (value.kind() == BsonValue.Kind.WHOLE) {
      long whole = Long.parseLong(text);
      return Math.abs(whole) <= EXACT || ((long) (double) whole == whole && whole < Long.MAX_VALUE)
          ? Optional.of((double) whole)
          : Optional.empty();
    }
    return switch (text) {
      case "NaN" -> Optional.of(Double.NaN);
      case "Infinity" -> Optional.of(Double.POSITIVE_INFINITY);
      case "-Infinity" -> Optional.of(Double.NEGATIVE_INFINITY);
      default ->
          number(value)
              .filter(number -> isSame(number, number.doubleValue()))
              .map(BigDecimal::doubleValue);
    };
  }

  /** As it would be written again. */
  private static boolean isSame(BigDecimal number, double floating) {
    return !Double.isInfinite(floating) && BigDecimal.valueOf(floating).compareTo(number) == 0;
  }

  private Optional<LocalDateTime> civil(BsonValue value) {
    return moment(value, zone).map(moment -> LocalDateTime.ofInstant(moment, zone));
  }

  private static Optional<Instant> moment(BsonValue value, ZoneId zone) {
    Optional<Instant> moment =
        switch (value.kind()) {
          case TIME -> Optional.of(Instant.ofEpochMilli(value.millis()));
          case TEXT -> IsoText.moment(value.node().asText(), zone);
          default -> Optional.empty();
        };
    return moment.filter(known -> !known.isBefore(FIRST) && !known.isAfter(LAST));
  }

  private static Optional<byte[]> bytes(BsonValue value) {
    return switch (value.kind()) {
      case BYTES -> Optional.of(value.bytes());
      case TEXT -> Optional.of(value.node().asText().getBytes(StandardCharsets.UTF_8));
      default -> Optional.empty();
    };
  }
}
