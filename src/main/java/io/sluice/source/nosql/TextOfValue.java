package io.sluice.source.nosql;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Calendar;
import java.util.GregorianCalendar;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.SQLUserDefinedType;
import org.apache.spark.sql.types.UserDefinedType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A value of Cassandra's as text with all its digits. Its own type of Spark's would round it, make
 * NULL of it, or move it by days.
 */
public final class TextOfValue extends UserDefinedType<Object> {
  private static final long serialVersionUID = 1;

  @Override
  public DataType sqlType() {
    return DataTypes.StringType;
  }

  @Override
  public Object serialize(Object value) {
    return UTF8String.fromString(text(value));
  }

  private static String text(Object value) {
    if (value instanceof Timestamp time) {
      return Instant.ofEpochMilli(time.getTime()).toString();
    }
    return value instanceof Date day ? day(day).toString() : value.toString();
  }

  /** Its own {@code toLocalDate} does not know the years before Christ. */
  private static LocalDate day(Date day) {
    GregorianCalendar fields = new GregorianCalendar();
    fields.setTime(day);
    int year = fields.get(Calendar.YEAR);
    return LocalDate.of(
        fields.get(Calendar.ERA) == GregorianCalendar.BC ? 1 - year : year,
        fields.get(Calendar.MONTH) + 1,
        fields.get(Calendar.DAY_OF_MONTH));
  }

  @Override
  public Object deserialize(Object text) {
    return String.valueOf(text);
  }

  /** Spark wants a class that names its type; the values are of any. */
  @Override
  @SuppressWarnings("unchecked")
  public Class<Object> userClass() {
    return (Class<Object>) (Class<?>) Value.class;
  }

  @SQLUserDefinedType(udt = TextOfValue.class)
  static final class Value {
    private Value() {}
  }
}
