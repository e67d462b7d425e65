package io.sluice.deltalog;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.time.Civil;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a receipt says under {@code undone}:
 *
 * <pre>{"what":"run …","version":12,"unmade":"2010-12-05/2010-12-06",
 *   "origins":[{"version":3,"attempt":"…","definition":"…","intervals":"2010-12-01/2010-12-05"}]}
 * </pre>
 */
final class UndoneJson {
  private UndoneJson() {}

  static void write(JsonGenerator json, Undone undone) throws IOException {
    json.writeStartObject();
    json.writeStringField("what", undone.what());
    if (undone.version().isPresent()) {
      json.writeNumberField("version", undone.version().getAsLong());
    }
    if (!undone.unmade().isEmpty()) {
      json.writeStringField("unmade", text(undone.unmade()));
    }
    json.writeArrayFieldStart("origins");
    for (Undone.Origin origin : undone.origins()) {
      json.writeStartObject();
      json.writeNumberField("version", origin.version());
      json.writeStringField("attempt", origin.attempt());
      json.writeStringField("definition", origin.definition());
      json.writeStringField("intervals", text(origin.intervals()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Reads the object whose opening brace was just read. */
  static Undone read(JsonParser json) throws IOException {
    String what = "";
    OptionalLong version = OptionalLong.empty();
    IntervalSet unmade = IntervalSet.EMPTY;
    List<Undone.Origin> origins = new ArrayList<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.getCurrentName();
      json.nextToken();
      switch (field) {
        case "what" -> what = json.getText();
        case "version" -> version = OptionalLong.of(json.getLongValue());
        case "unmade" -> unmade = intervals(json.getText());
        case "origins" -> {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            origins.add(origin(json));
          }
        }
        default -> json.skipChildren();
      }
    }
    return new Undone(what, version, origins, unmade);
  }

  private static Undone.Origin origin(JsonParser json) throws IOException {
    Map<String, String> texts = new HashMap<>();
    long version = -1;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.getCurrentName();
      JsonToken value = json.nextToken();
      if (field.equals("version")) {
        version = json.getLongValue();
      } else if (value == JsonToken.VALUE_STRING) {
        texts.put(field, json.getText());
      } else {
        json.skipChildren();
      }
    }
    return new Undone.Origin(
        version,
        texts.getOrDefault("attempt", ""),
        texts.getOrDefault("definition", ""),
        intervals(texts.getOrDefault("intervals", "")));
  }

  private static String text(IntervalSet intervals) {
    List<String> ranges = new ArrayList<>();
    for (Interval range : intervals.ranges()) {
      ranges.add(Civil.text(range.from()) + "/" + Civil.text(range.to()));
    }
    return String.join(",", ranges);
  }

  private static IntervalSet intervals(String text) {
    List<Interval> ranges = new ArrayList<>();
    for (String range : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      String[] ends = range.split("/", 2);
      if (ends.length != 2) {
        throw new IllegalArgumentException("Not a span of time: " + range);
      }
      ranges.add(new Interval(Civil.parse(ends[0]), Civil.parse(ends[1])));
    }
    return IntervalSet.of(ranges);
  }
}
