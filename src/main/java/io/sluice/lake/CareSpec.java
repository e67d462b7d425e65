package io.sluice.lake;

import java.time.Duration;
import java.util.List;

/**
 * How a job's table is taken care of.
 *
 * @param keep for how long what was in the table can be read and put back
 * @param compact files under so many bytes are put together, where a partition has many
 * @param zorder columns by which the rows of a partition are put side by side; empty for none
 * @param every how long a table is left alone after it was taken care of
 */
public record CareSpec(Duration keep, long compact, List<String> zorder, Duration every) {
  private static final long MB = 1024L * 1024;

  public static final CareSpec DEFAULT =
      new CareSpec(Duration.ofDays(30), 32 * MB, List.of(), Duration.ofDays(7));

  public CareSpec {
    zorder = List.copyOf(zorder);
  }
}
