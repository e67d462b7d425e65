package io.sluice.time;

import java.time.LocalDateTime;
import java.time.LocalTime;

/** How a civil time is written: the date alone at midnight, {@code 2011-01-01T05:00} otherwise. */
public final class Civil {
  private Civil() {}

  public static String text(LocalDateTime time) {
    return time.toLocalTime().equals(LocalTime.MIDNIGHT)
        ? time.toLocalDate().toString()
        : time.toString();
  }

  /** Reads what {@link #text} wrote. */
  public static LocalDateTime parse(String text) {
    return text.indexOf('T') < 0 ? LocalDateTime.parse(text + "T00:00") : LocalDateTime.parse(text);
  }
}
