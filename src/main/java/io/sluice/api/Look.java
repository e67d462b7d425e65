package io.sluice.api;

import io.sluice.time.Interval;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a source holds for an interval.
 *
 * @param items what will be read, in order of their ids; empty also where a source has no items, as
 *     a database
 * @param why what a person is told where there is nothing to read
 */
public record Look(Presence presence, List<Item> items, String why) {

  public Look {
    items = List.copyOf(items);
  }

  /** Sums up the items: another where one was added, removed or changed. */
  public String checksum() {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    items.stream()
        .map(item -> item.id() + "\n" + item.version() + "\n")
        .sorted()
        .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(digest.digest(), 0, 6);
  }

  public static Look present(List<Item> items) {
    return new Look(Presence.PRESENT, items, "");
  }

  /** Looks at a source without items that can be asked for any interval. */
  public static Map<Interval, Look> ofAny(List<Interval> intervals) {
    return ofThose(intervals, interval -> true, "");
  }

  /**
   * Looks at a source without items that knows only the present.
   *
   * @param newest the one interval, besides all time, that the present is for
   * @param why the others can't be asked for
   */
  public static Map<Interval, Look> ofThePresent(
      List<Interval> intervals, Optional<Interval> newest, String why) {
    return ofThose(
        intervals,
        interval -> interval.isAlways() || newest.filter(interval::equals).isPresent(),
        why);
  }

  private static Map<Interval, Look> ofThose(
      List<Interval> intervals, Predicate<Interval> areThere, String why) {
    Map<Interval, Look> looks = new LinkedHashMap<>();
    intervals.forEach(
        interval ->
            looks.put(
                interval,
                areThere.test(interval)
                    ? present(List.of())
                    : new Look(Presence.UNOBTAINABLE, List.of(), why)));
    return looks;
  }

  /** Whether and how an interval can be made. */
  public enum Presence {
    PRESENT,
    /** Nothing there, and that is how it should be: made without rows. */
    EMPTY,
    /** Nothing there yet; not made until there is. */
    AWAITED,
    /** Nothing there, which is a failure. */
    MISSING,
    /** The source knows only the present, and this interval is the past. */
    UNOBTAINABLE
  }

  /**
   * A file, page or other piece of a source.
   *
   * @param version changes when its content does: size and modification time, or a checksum
   */
  public record Item(String id, String version, long bytes) {}
}
