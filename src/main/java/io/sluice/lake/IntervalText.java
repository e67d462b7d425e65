package io.sluice.lake;

import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.LakeTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with places for an interval: {@code {from}}, {@code {to}}, which is no part of it any more,
 * and {@code {last}}, its last moment. {@code {from:yyyy-MM-dd}} is written by a pattern, {@code
 * {from:seconds}} and {@code {from:millis}} as the time since 1970.
 */
public final class IntervalText {
  private static final Pattern PLACE = Pattern.compile("\\{(from|to|last)(?::([^{}]*))?}");
  private static final Pattern BRACES = Pattern.compile("\\{([^{}]*)}");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE;

  private IntervalText() {}

  public static boolean isIn(String text) {
    return PLACE.matcher(text).find();
  }

  public static String fill(String text, Interval interval, Cadence every, LakeTime time) {
    Instant from = time.instant(interval.from(), every);
    Instant to = time.instant(interval.to(), every);
    ZoneId zone = every.isUtc() ? ZoneOffset.UTC : time.zone();
    return PLACE
        .matcher(text)
        .replaceAll(
            place ->
                Matcher.quoteReplacement(
                    switch (place.group(1)) {
                      case "from" -> written(from, place, zone);
                      case "to" -> written(to, place, zone);
                      default -> written(to.minusNanos(1), place, zone);
                    }));
  }

  private static String written(Instant moment, MatchResult place, ZoneId zone) {
    ZonedDateTime civil = moment.atZone(zone);
    String pattern = place.group(2);
    if (pattern == null) {
      return place.group(1).equals("last") ? DAY.format(civil) : moment.toString();
    }
    return switch (pattern) {
      case "seconds" -> String.valueOf(moment.getEpochSecond());
      case "millis" -> String.valueOf(moment.toEpochMilli());
      default -> DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(civil);
    };
  }

  /** What is wrong with the places of a text, and what to write. */
  static Optional<String> fault(String text) {
    Matcher places = PLACE.matcher(text);
    while (places.find()) {
      try {
        written(Instant.EPOCH, places.toMatchResult(), ZoneOffset.UTC);
      } catch (IllegalArgumentException | DateTimeException e) {
        return Optional.of(
            "%s has no pattern of a time; write {%s:yyyy-MM-dd}"
                .formatted(places.group(), places.group(1)));
      }
    }
    return Optional.empty();
  }

  /** As {@link #fault}, of a text that has no other braces. */
  static Optional<String> faultOfBraces(String text) {
    Matcher braces = BRACES.matcher(text);
    while (braces.find()) {
      if (!PLACE.matcher(braces.group()).matches()) {
        return Optional.of(
            "%s is not known; write {from}, {to} or {last}, as {from:yyyy-MM-dd}"
                .formatted(braces.group()));
      }
    }
    return fault(text);
  }
}
