package io.sluice.source.weblog;

import java.util.Map;

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

  /**
   * @param zone of times that say none
   * @throws IllegalArgumentException where a part is not known
   */
  static LogTime time(String argument, String zone) {
    String format = argument.replaceFirst("^(begin|end):", "");
    if (format.equals("sec") || format.equals("msec") || format.equals("%s")) {
      return new LogTime.Epoch();
    }
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
    return new LogTime.Written(pattern.toString().replace("''''", "''"), zone);
  }
}
