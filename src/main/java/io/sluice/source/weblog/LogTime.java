package io.sluice.source.weblog;

import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Pattern;

/** A form that times are written in. */
interface LogTime extends Serializable {

  /** No moment. */
  long NONE = Long.MIN_VALUE;

  /** Microseconds since 1970 in UTC, or {@link #NONE}. */
  long micros(byte[] line, int from, int to);

  /** What such a time looks like. */
  String example();

  /** {@code 17/May/2015:10:05:03 +0000}, as Apache and nginx write it. */
  LogTime COMMON = new Common();

  /** The common log format's: of fixed width, so it is read in place. */
  final class Common implements LogTime {
    private static final long serialVersionUID = 1;
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final int WIDTH = 26;

    @Override
    public long micros(byte[] line, int from, int to) {
      if (to - from != WIDTH || !hasMarks(line, from)) {
        return NONE;
      }
      int name = MONTHS.indexOf(new String(line, from + 3, 3, StandardCharsets.US_ASCII));
      int month = name < 0 || name % 3 != 0 ? -1 : name / 3 + 1;
      int day = digits(line, from, 2);
      int year = digits(line, from + 7, 4);
      int hour = digits(line, from + 12, 2);
      int minute = digits(line, from + 15, 2);
      int second = digits(line, from + 18, 2);
      int offset = digits(line, from + 22, 2) * 60 + digits(line, from + 24, 2);
      // A negative number is no number: all of them together are negative then.
      if ((day | month | year | hour | minute | second | offset) < 0
          || hour > 23
          || minute > 59
          || second > 60) {
        return NONE;
      }
      try {
        long days = LocalDate.of(year, month, day).toEpochDay();
        long seconds = ((days * 24 + hour) * 60 + minute) * 60 + second;
        return (seconds - (line[from + 21] == '-' ? -60L : 60L) * offset) * 1_000_000;
      } catch (DateTimeException e) {
        return NONE;
      }
    }

    private static boolean hasMarks(byte[] line, int from) {
      return line[from + 2] == '/'
          && line[from + 6] == '/'
          && line[from + 11] == ':'
          && line[from + 14] == ':'
          && line[from + 17] == ':'
          && line[from + 20] == ' '
          && (line[from + 21] == '+' || line[from + 21] == '-');
    }

    private static int digits(byte[] line, int from, int count) {
      int number = 0;
      for (int i = from; i < from + count; i++) {
        int digit = line[i] - '0';
        if (digit < 0 || digit > 9) {
          return -1;
        }
        number = number * 10 + digit;
      }
      return number;
    }

    @Override
    public String example() {
      return "like 17/May/2015:10:05:03 +0000";
    }
  }

  /** Since 1970: seconds, with a fraction or without; of 12 digits milliseconds, of 15 micros. */
  final class Epoch implements LogTime {
    private static final long serialVersionUID = 1;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,17}(\\.\\d{1,12})?");

    @Override
    public long micros(byte[] line, int from, int to) {
      String text = new String(line, from, to - from, StandardCharsets.US_ASCII);
      if (!NUMBER.matcher(text).matches()) {
        return NONE;
      }
      BigDecimal number = new BigDecimal(text);
      long whole = number.longValue();
      int digits = whole < 100_000_000_000L ? 6 : whole < 100_000_000_000_000L ? 3 : 0;
      return number.movePointRight(digits).toBigInteger().longValueExact();
    }

    @Override
    public String example() {
      return "seconds, milliseconds or microseconds since 1970";
    }
  }

  /** ISO 8601. */
  final class Iso implements LogTime {
    private static final long serialVersionUID = 1;
    private final String zone;

    /**
     * @param zone of times that say none
     */
    Iso(String zone) {
      this.zone = zone;
    }

    @Override
    public long micros(byte[] line, int from, int to) {
      String text = new String(line, from, to - from, StandardCharsets.UTF_8).replace(' ', 'T');
      try {
        TemporalAccessor time =
            DateTimeFormatter.ISO_DATE_TIME.parseBest(
                text, OffsetDateTime::from, LocalDateTime::from);
        return LogTime.micros(time, zone);
      } catch (DateTimeException e) {
        return NONE;
      }
    }

    @Override
    public String example() {
      return "like 2015-05-17T10:05:03+00:00";
    }
  }

  /** A form that a user gives, as {@code strftime} writes it. */
  final class Written implements LogTime {
    private static final long serialVersionUID = 1;
    private final String pattern;
    private final String zone;
    private transient volatile DateTimeFormatter parsed;

    /**
     * @param pattern as {@link DateTimeFormatter} takes it
     */
    Written(String pattern, String zone) {
      this.pattern = pattern;
      this.zone = zone;
      this.parsed = formatter();
    }

    private DateTimeFormatter formatter() {
      return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }

    @Override
    public long micros(byte[] line, int from, int to) {
      // Formatters can't be sent to executors.
      if (parsed == null) {
        parsed = formatter();
      }
      try {
        String text = new String(line, from, to - from, StandardCharsets.UTF_8);
        return LogTime.micros(
            parsed.parseBest(text, OffsetDateTime::from, LocalDateTime::from), zone);
      } catch (DateTimeException e) {
        return NONE;
      }
    }

    @Override
    public String example() {
      return "of the form " + pattern;
    }
  }

  private static long micros(TemporalAccessor time, String zone) {
    Instant instant =
        time instanceof OffsetDateTime known
            ? known.toInstant()
            : LocalDateTime.from(time).atZone(ZoneId.of(zone)).toInstant();
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
