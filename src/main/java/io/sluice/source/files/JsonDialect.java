package io.sluice.source.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.source.columns.JsonOptions;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON as a reader's options have it. It is sent to executors. */
final class JsonDialect implements Serializable {
  private static final long serialVersionUID = 1;

  static final String NO_OBJECT = "the text is not a JSON object";

  private final HashMap<String, String> options;
  private transient @Nullable JsonFactory factory;

  /**
   * @param options of the reader; those that are not about JSON itself are not looked at
   */
  JsonDialect(Map<String, String> options) {
    this.options = new HashMap<>(JsonOptions.of(options));
    // What Spark refuses is wrong for all files.
    JsonOptions.factory(this.options);
  }

  JsonFactory factory() {
    JsonFactory known = factory;
    if (known == null) {
      known = JsonOptions.factory(options);
      factory = known;
    }
    return known;
  }

  /** Whether it is UTF-8; zeros at the beginning would be taken for another encoding. */
  static boolean isUtf8(byte[] text, int length) {
    for (int i = 0; i < Math.min(4, length); i++) {
      if (text[i] == 0) {
        return false;
      }
    }
    return true;
  }

  static boolean isBlank(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r' && text[i] != '\n') {
        return false;
      }
    }
    return true;
  }

  /** What is wrong with what follows a value that has just ended; empty where nothing is. */
  static Optional<String> rest(JsonParser json, byte[] text, int length) {
    int end = (int) Math.min(length, json.getCurrentLocation().getByteOffset());
    if (isBlank(text, end, length) || isComma(text, end, length)) {
      return Optional.empty();
    }
    try {
      JsonToken next = json.nextToken();
      return next == null ? Optional.empty() : Optional.of("more than one JSON value");
    } catch (IOException e) {
      return Optional.of("text after the JSON value");
    }
  }

  /** As a line of an array that was written over many has it. */
  private static boolean isComma(byte[] text, int from, int to) {
    int comma = from;
    while (comma < to && isBlank(text, comma, comma + 1)) {
      comma++;
    }
    return comma < to && text[comma] == ',' && isBlank(text, comma + 1, to);
  }
}
