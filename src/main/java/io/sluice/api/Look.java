package io.sluice.api;

import java.util.List;

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

  public static Look present(List<Item> items) {
    return new Look(Presence.PRESENT, items, "");
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
