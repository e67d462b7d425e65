package io.sluice.source.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.source.columns.JsonOptions;
import java.io.IOException;
import java.util.Map;
import org.apache.spark.sql.api.java.UDF1;
import org.jspecify.annotations.Nullable;

/** What is wrong with a text that goes on after its first JSON value; null where nothing is. */
final class JsonRest implements UDF1<String, @Nullable String> {
  private static final long serialVersionUID = 1;

  private final Map<String, String> options;
  private transient @Nullable JsonFactory factory;

  JsonRest(Map<String, String> options) {
    this.options = Map.copyOf(options);
  }

  @Override
  public @Nullable String call(String text) {
    try (JsonParser parser = factory().createParser(text)) {
      if (!hasValue(parser)) {
        return null;
      }
      int end = (int) parser.getCurrentLocation().getCharOffset();
      if (text.substring(Math.min(end, text.length())).strip().equals(",")) {
        // A line of an array that was written over many.
        return null;
      }
      JsonToken next = parser.nextToken();
      return next == null ? null : "more than one JSON value";
    } catch (IOException e) {
      return "text after the JSON value";
    }
  }

  /** Goes to the end of the first value; a text without is told of where it is read. */
  private static boolean hasValue(JsonParser parser) {
    try {
      JsonToken first = parser.nextToken();
      parser.skipChildren();
      return first != null && parser.currentToken() != null;
    } catch (IOException e) {
      return false;
    }
  }

  private JsonFactory factory() {
    JsonFactory known = factory;
    if (known == null) {
      known = JsonOptions.factory(options);
      factory = known;
    }
    return known;
  }
}
