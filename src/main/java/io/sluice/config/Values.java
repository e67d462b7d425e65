package io.sluice.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads single values as people write them. */
final class Values {
  private static final Pattern AMOUNT = Pattern.compile("(\\d+)\\s*([a-zA-Z]+)");
  private static final Pattern PERCENT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*%");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "second", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "min", Duration.ofMinutes(1),
          "minute", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "hour", Duration.ofHours(1),
          "d", Duration.ofDays(1),
          "day", Duration.ofDays(1));

  private static final List<String> BYTES = List.of("B", "KB", "MB", "GB", "TB");

  private Values() {}

  static Optional<Integer> integer(String text) {
    try {
      return Optional.of(Integer.parseInt(text.replace("_", "")));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  static Optional<Double> decimal(String text) {
    try {
      return Optional.of(new BigDecimal(text).doubleValue());
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  static Optional<Double> percent(String text) {
    Matcher matcher = PERCENT.matcher(text);
    return matcher.matches()
        ? Optional.of(Double.parseDouble(matcher.group(1))).filter(share -> share <= 100)
        : Optional.empty();
  }

  static Optional<Boolean> flag(String text) {
    return switch (text) {
      case "true", "yes", "on" -> Optional.of(true);
      case "false", "no", "off" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  static Optional<Duration> duration(String text) {
    Matcher matcher = AMOUNT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String unit = matcher.group(2).toLowerCase(Locale.ROOT);
    Duration one = UNITS.get(unit);
    if (one == null && unit.endsWith("s")) {
      one = UNITS.get(unit.substring(0, unit.length() - 1));
    }
    try {
      return one == null
          ? Optional.empty()
          : Optional.of(one.multipliedBy(Long.parseLong(matcher.group(1))));
    } catch (ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  static Optional<Long> bytes(String text) {
    Matcher matcher = AMOUNT.matcher(text);
    int unit = matcher.matches() ? BYTES.indexOf(matcher.group(2).toUpperCase(Locale.ROOT)) : -1;
    try {
      return unit < 0
          ? Optional.empty()
          : Optional.of(Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << 10 * unit));
    } catch (ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  static String plain(double number) {
    return new BigDecimal(number).stripTrailingZeros().toPlainString();
  }
}
