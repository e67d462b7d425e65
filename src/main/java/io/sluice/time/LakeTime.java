package io.sluice.time;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * The lake's time zone: what time it is for a cadence, and one cadence's interval on another's
 * clock.
 */
public record LakeTime(ZoneId zone) {

  public LocalDateTime civil(Instant instant, Cadence cadence) {
    return LocalDateTime.ofInstant(instant, cadence.isUtc() ? ZoneOffset.UTC : zone);
  }

  public Instant instant(LocalDateTime civil, Cadence cadence) {
    return civil.atZone(cadence.isUtc() ? ZoneOffset.UTC : zone).toInstant();
  }

  /** The same span as the other cadence's clock shows it; not widened to whole intervals. */
  public Interval translate(Interval interval, Cadence from, Cadence to) {
    if (from.isUtc() == to.isUtc() || interval.isAlways() || zone.equals(ZoneOffset.UTC)) {
      return interval;
    }
    LocalDateTime start = civil(instant(interval.from(), from), to);
    // By its last moment: where clocks are set back or forward, its end is not the next one's
    // start.
    LocalDateTime end = civil(instant(interval.to(), from).minusNanos(1), to).plusNanos(1);
    return Interval.between(start, end)
        .orElseGet(
            () ->
                new Interval(start, start.plus(Duration.between(interval.from(), interval.to()))));
  }

  /**
   * What a DATE or TIMESTAMP partition value, as Delta writes it, is on a cadence's clock: an
   * instant, or the lake's own time. Empty where it is neither.
   */
  public Optional<LocalDateTime> partition(String value, Cadence every) {
    try {
      if (value.endsWith("Z")) {
        return Optional.of(civil(Instant.parse(value), every));
      }
      LocalDateTime local = Civil.parse(value.strip().replace(' ', 'T'));
      return Optional.of(
          every.isUtc() && value.length() > 10 ? civil(instant(local, Cadence.DAY), every) : local);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
