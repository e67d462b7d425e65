package io.sluice.config;

/**
 * The settings in the leading comment of an SQL file, {@code /* sluice … }, and the SQL after it.
 *
 * @param settings HOCON text; empty where there is no such comment
 * @param settingsLine line at which it starts
 * @param sqlLine line at which the SQL starts
 */
public record SqlComment(String settings, int settingsLine, String sql, int sqlLine) {
  private static final String OPENING = "sluice";

  /** Splits a file; what is wrong with the comment becomes problems. */
  public static SqlComment split(String file, String raw, Problems problems) {
    String text = raw.replace("\r\n", "\n");
    int at = skipBlank(text);
    if (!text.startsWith("/*", at)) {
      refuseLater(file, text, at, problems);
      return new SqlComment("", 1, text.substring(at), lineOf(text, at));
    }
    Place place = new Place(file, lineOf(text, at));
    int word = at + 2;
    while (word < text.length() && Character.isWhitespace(text.charAt(word))) {
      word++;
    }
    boolean ours = text.regionMatches(true, word, OPENING, 0, OPENING.length());
    if (ours && (word == at + 2 || !text.startsWith(OPENING, word))) {
      problems.add(
          place,
          "",
          "the settings' comment opens with '%s'; write /* sluice"
              .formatted(text.substring(at, word + OPENING.length())));
    }
    int close = text.indexOf("*/", word);
    if (close < 0) {
      problems.add(place, "", "the comment does not end; close it with */");
      return new SqlComment("", 1, "", place.line());
    }
    String rest = text.substring(close + 2);
    int sql = close + 2 + skipBlank(rest);
    refuseLater(file, text, sql, problems);
    int settings = ours ? word + OPENING.length() : close;
    return new SqlComment(
        text.substring(settings, close),
        lineOf(text, settings),
        text.substring(sql),
        lineOf(text, sql));
  }

  private static void refuseLater(String file, String text, int from, Problems problems) {
    int late = text.indexOf("/* " + OPENING + "\n", from);
    late = late < 0 ? text.indexOf("/* " + OPENING + " ", from) : late;
    if (late >= 0) {
      problems.add(
          new Place(file, lineOf(text, late)),
          "",
          "the settings' comment stands after the SQL has begun; make it the first thing in the"
              + " file");
    }
  }

  /** White space and {@code --} comments. */
  private static int skipBlank(String text) {
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith("--", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else {
        return at;
      }
    }
    return at;
  }

  private static int lineOf(String text, int at) {
    return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
  }
}
