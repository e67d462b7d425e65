package io.sluice.source.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.source.records.Parsed;
import io.sluice.source.records.RecordParser;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Takes a JSON object apart: each field is a text, as it was received. */
final class ElementParser implements RecordParser {
  private final Map<String, Integer> places = new HashMap<>();

  ElementParser(String[] names) {
    for (int i = 0; i < names.length; i++) {
      places.put(names[i], i);
    }
  }

  @Override
  public Parsed parse(byte[] bytes, int length, @Nullable Object[] values) {
    try (JsonParser json = JsonPages.open(bytes, length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return new Parsed.Fault("it is not a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        Integer place = places.get(json.getCurrentName());
        UTF8String value = value(json, json.nextToken(), bytes);
        if (place != null) {
          values[place] = value;
        }
      }
      return Parsed.ROW;
    } catch (IOException e) {
      return new Parsed.Fault("it is not a JSON object: " + e.getMessage());
    }
  }

  /** Numbers and what is nested as they are written: another writer would round them. */
  private static @Nullable UTF8String value(JsonParser json, JsonToken token, byte[] bytes)
      throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token.isScalarValue()) {
      return UTF8String.fromString(json.getText());
    }
    int from = JsonPages.start(json);
    return UTF8String.fromBytes(bytes, from, JsonPages.end(json) - from);
  }
}
