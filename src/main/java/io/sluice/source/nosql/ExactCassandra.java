package io.sluice.source.nosql;

import java.util.Map;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import scala.Product;
import scala.Some;

/**
 * The connector's tables of Cassandra, of which {@link TextOfValue} takes the values that Spark's
 * types would change. Spark makes it by its name.
 */
public final class ExactCassandra implements TableProvider {
  /** Option: a column that is left as the connector has it, so that Cassandra can filter by it. */
  static final String AS_IT_IS = "sluice.as-it-is";

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return table(options).schema();
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return table(new CaseInsensitiveStringMap(properties));
  }

  /** The connector's own table. */
  static Table theirs(CaseInsensitiveStringMap options) {
    try {
      TableProvider provider =
          Class.forName(
                  Connector.CASSANDRA.provider(),
                  true,
                  Thread.currentThread().getContextClassLoader())
              .asSubclass(TableProvider.class)
              .getDeclaredConstructor()
              .newInstance();
      return provider.getTable(new StructType(), new Transform[0], options.asCaseSensitiveMap());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Table table(CaseInsensitiveStringMap options) {
    Table table = theirs(options);
    StructType exact = new StructType();
    for (StructField field : table.schema().fields()) {
      exact =
          exact.add(
              field.name(),
              field.name().equals(options.get(AS_IT_IS))
                  ? field.dataType()
                  : exact(field.dataType()),
              field.nullable());
    }
    Product parts = (Product) table;
    Object[] values = new Object[parts.productArity()];
    for (int i = 0; i < values.length - 1; i++) {
      values[i] = parts.productElement(i);
    }
    values[values.length - 1] = new Some<>(exact);
    try {
      return (Table) table.getClass().getConstructors()[0].newInstance(values);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "this version of the connector for Cassandra is not known; use "
              + Connector.CASSANDRA.coordinates(),
          e);
    }
  }

  private static DataType exact(DataType type) {
    if (type instanceof DecimalType
        || type.equals(DataTypes.TimestampType)
        || type.equals(DataTypes.DateType)) {
      return new TextOfValue();
    }
    if (type instanceof ArrayType array) {
      return DataTypes.createArrayType(exact(array.elementType()));
    }
    if (type instanceof MapType map) {
      return DataTypes.createMapType(exact(map.keyType()), exact(map.valueType()));
    }
    if (type instanceof StructType struct) {
      StructType exact = new StructType();
      for (StructField field : struct.fields()) {
        exact = exact.add(field.name(), exact(field.dataType()), field.nullable());
      }
      return exact;
    }
    return type;
  }

  /** The type as it is stored: text for what was made text. */
  static DataType stored(DataType type) {
    if (type instanceof TextOfValue) {
      return DataTypes.StringType;
    }
    if (type instanceof ArrayType array) {
      return DataTypes.createArrayType(stored(array.elementType()));
    }
    if (type instanceof MapType map) {
      return DataTypes.createMapType(stored(map.keyType()), stored(map.valueType()));
    }
    if (type instanceof StructType struct) {
      StructType stored = new StructType();
      for (StructField field : struct.fields()) {
        stored = stored.add(field.name(), stored(field.dataType()), field.nullable());
      }
      return stored;
    }
    return type;
  }
}
