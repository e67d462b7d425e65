package io.sluice.source.records;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What the rows of a file say of where and when they came from.
 *
 * @param source for people
 */
public record Came(String source, Instant at) {

  long micros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }
}
