package io.sluice.source.nosql;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.unsafe.types.UTF8String;

/** Texts that tell time. */
final class IsoText {
  private static final Pattern ORDERED =
      Pattern.compile("\\d{4}(-\\d{2}(-\\d{2}([ T].*)?)?)?", Pattern.DOTALL);

  private IsoText() {}

  /** Of texts whose order is that of their times, as a server compares them. */
  static Optional<Instant> ordered(String text, ZoneId zone) {
    return ORDERED.matcher(text).matches() ? moment(text, zone) : Optional.empty();
  }

  /**
   * As Spark's SQL casts it; that of an hour alone is none: it would be today's.
   *
   * @param zone of a civil time
   */
  static Optional<Instant> moment(String text, ZoneId zone) {
    String plain = text.strip();
    if (plain.startsWith("T") || (plain.contains(":") && !plain.contains("-"))) {
      return Optional.empty();
    }
    scala.Option<Object> micros =
        DateTimeUtils.stringToTimestamp(UTF8String.fromString(plain), zone);
    return micros.isEmpty()
        ? Optional.empty()
        : Optional.of(Instant.EPOCH.plus((long) micros.get(), ChronoUnit.MICROS));
  }
}
