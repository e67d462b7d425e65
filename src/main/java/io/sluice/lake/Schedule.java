package io.sluice.lake;

import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.LakeTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * Which intervals a job has.
 *
 * @param first start of the first interval; {@link Interval#ALWAYS} for a table without time
 * @param end end of the last interval, exclusive; empty where there is none yet
 * @param delay how long after its end an interval is due
 */
public record Schedule(
    Cadence every, LocalDateTime first, Optional<LocalDateTime> end, Duration delay) {

  /** From the first interval to the last one that is due at this moment; empty before the first. */
  public Optional<Interval> due(Instant now, LakeTime time) {
    if (every == Cadence.NONE) {
      return Optional.of(Interval.ALWAYS);
    }
    LocalDateTime until = every.floor(time.civil(now.minus(delay), every));
    return Interval.between(first, end.filter(until::isAfter).orElse(until));
  }

  /** From the first interval to the last there will ever be. */
  public Interval span() {
    return new Interval(first, end.orElse(Interval.ALWAYS.to()));
  }
}
