package io.sluice.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
