package io.sluice.source.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.source.records.CopyingCutter;
import io.sluice.source.records.Cutter;
import io.sluice.source.records.Extent;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/** Finds the elements of a page's list of records. */
final class ElementCutter extends CopyingCutter {
  private final byte[] page;
  private final long begin;
  private final JsonParser json;
  private final boolean hasList;
  private long number;

  /**
   * @param path of the list
   */
  ElementCutter(InputStream text, Extent extent, List<String> path) throws IOException {
    try (text) {
      page = text.readNBytes(JsonPages.LARGEST);
    }
    begin = extent.from();
    json = JsonPages.open(page);
    hasList = JsonPages.enter(json, path);
  }

  @Override
  public boolean next() throws IOException {
    if (!hasList || json.nextToken() == JsonToken.END_ARRAY) {
      return false;
    }
    number++;
    int from = JsonPages.start(json);
    int to = JsonPages.end(json);
    // By its number: pages are seldom written in lines.
    hold(
        Arrays.copyOfRange(page, from, to),
        number,
        begin + from,
        Cutter.tooLong("the record", to - from));
    return true;
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
