package io.sluice.source.weblog;

import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Puts one text of a line into the column that it is for; a hyphen alone stands for nothing. */
@FunctionalInterface
interface LogValue extends Serializable {

  /**
   * @param line may be kept
   * @return why the text can't be such a value; empty where it was put
   */
  Optional<String> put(byte[] line, int from, int to, @Nullable Object[] values);

  static boolean isNothing(byte[] line, int from, int to) {
    return from == to || to - from == 1 && line[from] == '-';
  }

  static @Nullable UTF8String text(byte[] line, int from, int to) {
    return isNothing(line, from, to) ? null : UTF8String.fromBytes(line, from, to - from);
  }

  /** As a person is shown it. */
  static String shown(byte[] line, int from, int to) {
    String text = UTF8String.fromBytes(line, from, to - from).toString();
    return text.length() > 100 ? text.substring(0, 100) + "…" : text;
  }

  /** Kept as it is, escapes and all. */
  static LogValue text(int column) {
    return (line, from, to, values) -> {
      values[column] = text(line, from, to);
      return Optional.empty();
    };
  }

  /** A whole number that is not negative. */
  static LogValue number(int column, String name, boolean isInt) {
    return (line, from, to, values) -> {
      if (isNothing(line, from, to)) {
        return Optional.empty();
      }
      long number = 0;
      for (int i = from; i < to; i++) {
        int digit = line[i] - '0';
        if (digit < 0 || digit > 9 || to - from > (isInt ? 9 : 18)) {
          return Optional.of(
              "%s: '%s' is not a whole number".formatted(name, shown(line, from, to)));
        }
        number = number * 10 + digit;
      }
      values[column] = isInt ? (Object) (int) number : (Object) number;
      return Optional.empty();
    };
  }

  /** As Apache's {@code %b} writes it: a hyphen where no bytes were sent. */
  static LogValue bytes(int column) {
    LogValue number = number(column, "bytes", false);
    return (line, from, to, values) -> {
      if (isNothing(line, from, to)) {
        values[column] = 0L;
        return Optional.empty();
      }
      return number.put(line, from, to, values);
    };
  }

  static LogValue time(int column, LogTime form) {
    return (line, from, to, values) -> {
      if (isNothing(line, from, to)) {
        return Optional.empty();
      }
      long micros = form.micros(line, from, to);
      if (micros == LogTime.NONE) {
        return Optional.of("time: '%s' is not %s".formatted(shown(line, from, to), form.example()));
      }
      values[column] = micros;
      return Optional.empty();
    };
  }

  /** A path with what follows its question mark. */
  static LogValue target(int path, int query) {
    return (line, from, to, values) -> {
      int mark = from;
      while (mark < to && line[mark] != '?') {
        mark++;
      }
      values[path] = text(line, from, mark);
      values[query] = mark < to ? UTF8String.fromBytes(line, mark + 1, to - mark - 1) : null;
      return Optional.empty();
    };
  }
}
