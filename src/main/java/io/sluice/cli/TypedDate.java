package io.sluice.cli;

import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a date that a person types as the span of time that it names, all of it included. */
final class TypedDate implements ITypeConverter<Interval> {
  /** As {@link Cadence#name} calls the one interval of a table without time. */
  private static final String ALL = Cadence.NONE.name(Interval.ALWAYS);

  private static final Pattern YEAR = Pattern.compile("\\d{4}");

  @Override
  public Interval convert(String text) {
    if (text.equals(ALL)) {
      return Interval.ALWAYS;
    }
    return YEAR.matcher(text).matches()
        ? year(Integer.parseInt(text))
        : io.sluice.time.TypedDate.parse(text).orElseThrow(() -> notADate(text));
  }

  private static Interval year(int year) {
    LocalDateTime first = LocalDate.of(year, 1, 1).atStartOfDay();
    return new Interval(first, first.plusYears(1));
  }

  private static TypeConversionException notADate(String text) {
    return new TypeConversionException(
        "'%s' is not a date; write 2011-01-31, 2011-01-31T05 (an hour), 2011-01, 2011, or all"
            .formatted(text));
  }
}
