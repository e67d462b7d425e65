package io.sluice.lake.logs;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Map;
import java.util.Set;

/** Times as C's {@code strftime} writes them, as far as logs use it. */
final class Strftime {

  private static final Map<Character, String> PARTS =
      Map.ofEntries(
          Map.entry('Y', "yyyy"),
          Map.entry('m', "MM"),
          Map.entry('d', "dd"),
          Map.entry('e', "ppd"),
          Map.entry('j', "DDD"),
          Map.entry('H', "HH"),
          Map.entry('I', "hh"),
          Map.entry('M', "mm"),
          Map.entry('S', "ss"),
          Map.entry('p', "a"),
          Map.entry('b', "MMM"),
          Map.entry('B', "MMMM"),
          Map.entry('a', "EEE"),
          Map.entry('z', "xx"),
          Map.entry('F', "yyyy-MM-dd"),
          Map.entry('T', "HH:mm:ss"),
          Map.entry('R', "HH:mm"));

  private Strftime() {}

  /** Whether it is a number since 1970. */
  static boolean isEpoch(String argument) {
    return Set.of("sec", "msec", "%s").contains(plain(argument));
  }

  /** Without the moment of the request that is meant. */
  private static String plain(String argument) {
    return argument.replaceFirst("^(begin|end):", "");
  }

  /**
   * As {@link DateTimeFormatter} takes it.
   *
   * @throws IllegalArgumentException where a part is not known
   */
  static String pattern(String argument) {
    String format = plain(argument);
    StringBuilder pattern = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char letter = format.charAt(i);
      if (letter == '%' && i + 1 < format.length()) {
        String part = PARTS.get(format.charAt(++i));
        if (part == null) {
          throw new IllegalArgumentException(
              "%%%s in a time is not known here; write %%d/%%b/%%Y:%%H:%%M:%%S %%z"
                  .formatted(format.charAt(i)));
        }
        pattern.append(part);
      } else {
        pattern.append('\'').append(letter == '\'' ? "''" : String.valueOf(letter)).append('\'');
      }
    }
    String written = pattern.toString().replace("''''", "''");
    try {
      new DateTimeFormatterBuilder().appendPattern(written);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the time '%s' can't be read: %s; write %%d/%%b/%%Y:%%H:%%M:%%S %%z"
              .formatted(argument, e.getMessage()),
          e);
    }
    return written;
  }
}
