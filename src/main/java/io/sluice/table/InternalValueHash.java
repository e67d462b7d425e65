package io.sluice.table;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;

/** The hash of a value that is not NULL, by the type of its column. */
@FunctionalInterface
interface InternalValueHash {
  long NULL = 0x9E3779B97F4A7C15L;

  long of(SpecializedGetters values, int at, long seed);

  /** Empty where a type is not known, or holds one that is not. */
  static Optional<InternalValueHash> of(DataType type) {
    if (type instanceof StructType struct) {
      return fields(struct.fields())
          .map(
              fields ->
                  (values, at, seed) ->
                      Mix.of(sum(fields, values.getStruct(at, fields.size())), seed));
    }
    if (type instanceof ArrayType array) {
      return of(array.elementType())
          .map(element -> (values, at, seed) -> array(values.getArray(at), element, seed));
    }
    if (type instanceof MapType map) {
      return of(map.keyType())
          .flatMap(
              key ->
                  of(map.valueType())
                      .map(
                          value -> (values, at, seed) -> map(values.getMap(at), key, value, seed)));
    }
    return simple(type);
  }

  private static Optional<InternalValueHash> simple(DataType type) {
    if (type instanceof StringType) {
      return Optional.of((v, at, seed) -> text(v.getUTF8String(at), seed));
    }
    if (type instanceof LongType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType) {
      return Optional.of((v, at, seed) -> Mix.of(v.getLong(at), seed));
    }
    if (type instanceof IntegerType || type instanceof DateType) {
      return Optional.of((v, at, seed) -> Mix.of(v.getInt(at), seed));
    }
    if (type instanceof DoubleType) {
      return Optional.of((v, at, seed) -> Mix.of(Double.doubleToLongBits(v.getDouble(at)), seed));
    }
    if (type instanceof FloatType) {
      return Optional.of((v, at, seed) -> Mix.of(Double.doubleToLongBits(v.getFloat(at)), seed));
    }
    if (type instanceof DecimalType decimal) {
      int precision = decimal.precision();
      int scale = decimal.scale();
      return Optional.of(
          precision <= Decimal.MAX_LONG_DIGITS()
              ? (v, at, seed) -> Mix.of(v.getDecimal(at, precision, scale).toUnscaledLong(), seed)
              : (v, at, seed) ->
                  Mix.ofBytes(unscaled(v.getDecimal(at, precision, scale), scale), seed));
    }
    if (type instanceof BooleanType) {
      return Optional.of((v, at, seed) -> Mix.of(v.getBoolean(at) ? 1 : 0, seed));
    }
    if (type instanceof ShortType) {
      return Optional.of((v, at, seed) -> Mix.of(v.getShort(at), seed));
    }
    if (type instanceof ByteType) {
      return Optional.of((v, at, seed) -> Mix.of(v.getByte(at), seed));
    }
    return type instanceof BinaryType
        ? Optional.of((v, at, seed) -> Mix.ofBytes(v.getBinary(at), seed))
        : Optional.empty();
  }

  /**
   * A value of a column or of a field, which counts by its name and not by its place.
   *
   * @param packed how it lies in a row of Spark's own form
   */
  record Field(int at, String name, long seed, InternalValueHash hash, Packed packed) {

    /** The same as {@link #hash}, without a call that can't be foreseen and without an object. */
    long of(UnsafeRow row) {
      return switch (packed) {
        case WORD -> Mix.of(row.getLong(at), seed);
        case INT -> Mix.of(row.getInt(at), seed);
        case BYTES -> {
          long place = row.getLong(at);
          yield Mix.ofBytes(
              row.getBaseObject(), row.getBaseOffset() + (place >>> 32), (int) place, seed);
        }
        case OTHER -> hash.of(row, at, seed);
      };
    }
  }

  /** What a row of Spark's own form has in the place of a value. */
  enum Packed {
    WORD,
    INT,
    BYTES,
    OTHER;

    static Packed of(DataType type) {
      if (type instanceof StringType || type instanceof BinaryType) {
        return BYTES;
      }
      if (type instanceof IntegerType || type instanceof DateType) {
        return INT;
      }
      boolean isWord =
          type instanceof LongType
              || type instanceof TimestampType
              || type instanceof TimestampNTZType
              || type instanceof DecimalType decimal
                  && decimal.precision() <= Decimal.MAX_LONG_DIGITS();
      return isWord ? WORD : OTHER;
    }
  }

  static Optional<List<Field>> fields(StructField[] fields) {
    List<Field> all = new ArrayList<>();
    for (int i = 0; i < fields.length; i++) {
      Optional<InternalValueHash> hash = of(fields[i].dataType());
      if (hash.isEmpty()) {
        return Optional.empty();
      }
      long seed = Mix.ofBytes(fields[i].name().getBytes(StandardCharsets.UTF_8), NULL);
      DataType type = fields[i].dataType();
      all.add(new Field(i, fields[i].name(), seed, hash.get(), Packed.of(type)));
    }
    return Optional.of(all);
  }

  /** A NULL adds nothing: a column that is not there is the same as one that is empty. */
  static long sum(List<Field> fields, SpecializedGetters values) {
    long sum = 0;
    for (Field field : fields) {
      if (!values.isNullAt(field.at)) {
        sum += field.hash.of(values, field.at, field.seed);
      }
    }
    return sum;
  }

  private static long array(ArrayData array, InternalValueHash element, long seed) {
    int length = array.numElements();
    long hash = Mix.of(length, seed);
    for (int i = 0; i < length; i++) {
      hash = array.isNullAt(i) ? Mix.of(NULL, ~hash) : element.of(array, i, hash);
    }
    return hash;
  }

  /** Its entries have no order. */
  private static long map(
      MapData map, InternalValueHash keyHash, InternalValueHash valueHash, long seed) {
    ArrayData keys = map.keyArray();
    ArrayData values = map.valueArray();
    long sum = map.numElements();
    for (int i = 0; i < map.numElements(); i++) {
      long key = keyHash.of(keys, i, NULL);
      sum += values.isNullAt(i) ? Mix.of(NULL, ~key) : valueHash.of(values, i, key);
    }
    return Mix.of(sum, seed);
  }

  private static byte[] unscaled(Decimal value, int scale) {
    return value.toJavaBigDecimal().setScale(scale).unscaledValue().toByteArray();
  }

  private static long text(UTF8String text, long seed) {
    return Mix.ofBytes(text.getBaseObject(), text.getBaseOffset(), text.numBytes(), seed);
  }
}
