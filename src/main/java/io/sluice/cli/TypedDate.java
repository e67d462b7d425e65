package io.sluice.cli;

import io.sluice.time.Interval;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a date that a person types as the span of time that it names, all of it included. */
final class TypedDate implements ITypeConverter<Interval> {
  private static final Pattern YEAR = Pattern.compile("\\d{4}");
  private static final Pattern MONTH = Pattern.compile("\\d{4}-\\d{2}");
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern HOUR = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}(:00)?");

  @Override
  public Interval convert(String text) {
    try {
      return span(text);
    } catch (DateTimeException e) {
      throw notADate(text);
    }
  }

  private static Interval span(String text) {
    if (HOUR.matcher(text).matches()) {
      LocalDateTime hour = LocalDateTime.parse(text.length() == 13 ? text + ":00" : text);
      return new Interval(hour, hour.plusHours(1));
    }
    if (DAY.matcher(text).matches()) {
      LocalDate day = LocalDate.parse(text);
      return new Interval(day.atStartOfDay(), day.plusDays(1).atStartOfDay());
    }
    if (MONTH.matcher(text).matches()) {
      YearMonth month = YearMonth.parse(text);
      return new Interval(
          month.atDay(1).atStartOfDay(), month.plusMonths(1).atDay(1).atStartOfDay());
    }
    if (YEAR.matcher(text).matches()) {
      LocalDate first = LocalDate.of(Integer.parseInt(text), 1, 1);
      return new Interval(first.atStartOfDay(), first.plusYears(1).atStartOfDay());
    }
    throw notADate(text);
  }

  private static TypeConversionException notADate(String text) {
    return new TypeConversionException(
        "'%s' is not a date; write 2011-01-31, 2011-01-31T05 (an hour), 2011-01 or 2011"
            .formatted(text));
  }
}
