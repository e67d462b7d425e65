package io.sluice.table;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/** Which types hold all values of another. */
public final class Widening {
  private static final List<DataType> INTEGERS =
      List.of(DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType, DataTypes.LongType);
  private static final List<Integer> DIGITS = List.of(3, 5, 10, 19);
  private static final int WIDEST_IN_FLOAT = INTEGERS.indexOf(DataTypes.ShortType);
  private static final int WIDEST_IN_DOUBLE = INTEGERS.indexOf(DataTypes.IntegerType);

  private Widening() {}

  /** Whether a cast changes no value of the narrow type, and none is refused. */
  public static boolean holds(DataType wide, DataType narrow) {
    if (wide.equals(narrow)) {
      return true;
    }
    int integer = INTEGERS.indexOf(narrow);
    if (wide instanceof DecimalType to) {
      int whole = to.precision() - to.scale();
      return narrow instanceof DecimalType from
          ? from.scale() <= to.scale() && from.precision() - from.scale() <= whole
          : integer >= 0 && DIGITS.get(integer) <= whole;
    }
    if (wide.equals(DataTypes.DoubleType)) {
      return narrow.equals(DataTypes.FloatType) || integer >= 0 && integer <= WIDEST_IN_DOUBLE;
    }
    if (wide.equals(DataTypes.FloatType)) {
      return integer >= 0 && integer <= WIDEST_IN_FLOAT;
    }
    return integer >= 0 && INTEGERS.indexOf(wide) > integer
        || wide.equals(DataTypes.TimestampNTZType) && narrow.equals(DataTypes.DateType);
  }
}
