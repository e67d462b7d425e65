package io.sluice.source.nosql;

import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import io.sluice.time.LakeTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/** The documents that are asked for, as an aggregation pipeline: each as the one field of a row. */
final class MongoQuery {
  static final String DOCUMENT = "document";

  /** With the key beside it, by which parts are cut. */
  private static final String WHOLE = "{\"$project\": {\"%s\": \"$$ROOT\"}}".formatted(DOCUMENT);

  private static final long LAST_SECOND = 0xFFFFFFFFL;

  private MongoQuery() {}

  static String all() {
    return "[" + WHOLE + "]";
  }

  /** By the key, which has an index everywhere: the same ones the next time. */
  static String first(int count) {
    return "[{\"$sort\": {\"_id\": 1}}, {\"$limit\": %d}, %s]".formatted(count, WHOLE);
  }

  /** A document with the least or the greatest key. */
  static String edge(boolean least) {
    return "[{\"$sort\": {\"_id\": %d}}, {\"$limit\": 1}, {\"$project\": {\"_id\": 1}}, %s]"
        .formatted(least ? 1 : -1, WHOLE);
  }

  /**
   * All documents whose field may lie in the intervals, whatever of the three it is: a date, the
   * time in an ObjectId, or ISO text. Values of one type are only compared with their own.
   *
   * @param field its path, with dots
   */
  static String between(String field, List<Interval> intervals, Cadence every, LakeTime time) {
    String ranges =
        IntervalSet.of(intervals).ranges().stream()
            .map(range -> range(field, range, every, time))
            .collect(Collectors.joining(", "));
    return "[{\"$match\": {\"$or\": [%s]}}, %s]".formatted(ranges, WHOLE);
  }

  private static String range(String field, Interval range, Cadence every, LakeTime time) {
    Instant from = time.instant(range.from(), every);
    Instant to = time.instant(range.to(), every);
    // Texts show civil times of whatever zone: those that are too many are left out later.
    LocalDate first = range.from().toLocalDate().minusDays(2);
    LocalDate last = range.to().toLocalDate().plusDays(2);
    return String.join(
        ", ",
        range(field, date(from), date(to)),
        range(field, objectId(from), objectId(to)),
        range(field, "\"" + first + "\"", "\"" + last + "\""));
  }

  private static String range(String field, String from, String to) {
    return "{\"%s\": {\"$gte\": %s, \"$lt\": %s}}".formatted(field, from, to);
  }

  private static String date(Instant moment) {
    return "{\"$date\": {\"$numberLong\": \"%d\"}}".formatted(moment.toEpochMilli());
  }

  private static String objectId(Instant moment) {
    long second = Math.max(0, Math.min(LAST_SECOND, moment.getEpochSecond()));
    return "{\"$oid\": \"%08x0000000000000000\"}".formatted(second);
  }
}
