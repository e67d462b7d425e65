package io.sluice.source.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.source.records.CopyingCutter;
import io.sluice.source.records.Cutter;
import io.sluice.source.records.Extent;
import io.sluice.source.records.Parsed;
import io.sluice.source.records.RecordParser;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Finds the elements of a page's list of records, and takes each apart on the way: a field is a
 * text, as it was received.
 */
final class ElementReader extends CopyingCutter implements RecordParser {
  private static final Parsed NO_OBJECT = new Parsed.Fault("it is not a JSON object");

  private final byte[] page;
  private final long begin;
  private final JsonParser json;
  private final boolean hasList;
  private final Map<String, Integer> places = new HashMap<>();
  private final @Nullable UTF8String[] fields;
  private boolean isObject;
  private long number;

  /**
   * @param path of the list
   * @param names of the fields that are columns
   */
  ElementReader(InputStream text, Extent extent, List<String> path, List<String> names)
      throws IOException {
    try (text) {
      page = text.readNBytes(JsonPages.LARGEST);
    }
    begin = extent.from();
    json = JsonPages.open(page);
    hasList = JsonPages.enter(json, path);
    fields = new @Nullable UTF8String[names.size()];
    for (int i = 0; i < names.size(); i++) {
      places.put(names.get(i), i);
    }
  }

  @Override
  public boolean next() throws IOException {
    if (!hasList || json.nextToken() == JsonToken.END_ARRAY) {
      return false;
    }
    number++;
    int from = JsonPages.start(json);
    isObject = json.currentToken() == JsonToken.START_OBJECT;
    if (isObject) {
      takeApart();
    }
    int to = JsonPages.end(json);
    // By its number: pages are seldom written in lines.
    hold(
        Arrays.copyOfRange(page, from, to),
        number,
        begin + from,
        Cutter.tooLong("the record", to - from));
    return true;
  }

  private void takeApart() throws IOException {
    Arrays.fill(fields, null);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      Integer place = places.get(json.getCurrentName());
      JsonToken token = json.nextToken();
      if (place == null) {
        json.skipChildren();
      } else {
        fields[place] = value(token);
      }
    }
  }

  /** Numbers and what is nested as they are written: another writer would round them. */
  private @Nullable UTF8String value(JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token.isScalarValue()) {
      return UTF8String.fromString(json.getText());
    }
    int from = JsonPages.start(json);
    return UTF8String.fromBytes(page, from, JsonPages.end(json) - from);
  }

  @Override
  public Parsed parse(byte[] bytes, int length, @Nullable Object[] values) {
    if (!isObject) {
      return NO_OBJECT;
    }
    System.arraycopy(fields, 0, values, 0, fields.length);
    return Parsed.ROW;
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
