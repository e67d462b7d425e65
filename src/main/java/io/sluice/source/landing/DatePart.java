package io.sluice.source.landing;

import java.time.Month;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A part of a date as a path may carry it: one run of a {@code java.time} pattern letter. */
enum DatePart {
  YEAR("yu"),
  MONTH("ML"),
  DAY("d"),
  DAY_OF_YEAR("D"),
  HOUR("H"),
  MINUTE("m"),
  SECOND("s"),
  WEEK_YEAR("Y"),
  WEEK("w");

  private final String letters;

  DatePart(String letters) {
    this.letters = letters;
  }

  static DatePart of(char letter, String pattern) {
    return Arrays.stream(values())
        .filter(part -> part.letters.indexOf(letter) >= 0)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "{%s} is not a date: '%s' is none of the letters yyyy MM dd HH mm ss, DDD (day of the year), YYYY ww (ISO week)"
                        .formatted(pattern, letter)));
  }

  /** What the run of letters matches. */
  String regex(int length) {
    if (isName(length)) {
      TextStyle style = style(length);
      return Arrays.stream(Month.values())
          .map(month -> month.getDisplayName(style, Locale.US))
          .collect(Collectors.joining("|", "(?i:", ")"));
    }
    boolean isYear = this == YEAR || this == WEEK_YEAR;
    if (length == 1) {
      return isYear ? "\\d{4}" : this == DAY_OF_YEAR ? "\\d{1,3}" : "\\d{1,2}";
    }
    return "\\d{" + length + "}";
  }

  int value(String text, int length) {
    if (isName(length)) {
      TextStyle style = style(length);
      return Arrays.stream(Month.values())
          .filter(month -> month.getDisplayName(style, Locale.US).equalsIgnoreCase(text))
          .findFirst()
          .orElseThrow()
          .getValue();
    }
    int number = Integer.parseInt(text);
    return length == 2 && (this == YEAR || this == WEEK_YEAR) ? 2000 + number : number;
  }

  private boolean isName(int length) {
    return this == MONTH && length > 2;
  }

  private static TextStyle style(int length) {
    return length == 3 ? TextStyle.SHORT : TextStyle.FULL;
  }
}
