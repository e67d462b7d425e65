package io.sluice.source.weblog;

import java.util.Optional;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a request, {@code GET /path?query HTTP/1.1}. What is none, as attackers send
 * it, is kept whole as the path, without a method.
 */
record Request(int method, int path, int query, int protocol) implements LogValue {

  @Override
  public Optional<String> put(byte[] line, int from, int to, @Nullable Object[] values) {
    int first = from;
    while (first < to && isLetter(line[first])) {
      first++;
    }
    boolean hasMethod = first > from && first < to - 1 && line[first] == ' ';
    if (!hasMethod) {
      values[path] = LogValue.text(line, from, to);
      return Optional.empty();
    }
    int last = to - 1;
    while (line[last] != ' ') {
      last--;
    }
    boolean hasProtocol = last > first && startsWithHttp(line, last + 1, to);
    int end = hasProtocol ? last : to;
    values[method] = UTF8String.fromBytes(line, from, first - from);
    values[protocol] = hasProtocol ? UTF8String.fromBytes(line, last + 1, to - last - 1) : null;
    return LogValue.target(path, query).put(line, first + 1, end, values);
  }

  private static boolean isLetter(byte letter) {
    return letter >= 'A' && letter <= 'Z' || letter == '-' || letter == '_';
  }

  private static boolean startsWithHttp(byte[] line, int from, int to) {
    return to - from > 5
        && line[from] == 'H'
        && line[from + 1] == 'T'
        && line[from + 2] == 'T'
        && line[from + 3] == 'P'
        && line[from + 4] == '/';
  }
}
