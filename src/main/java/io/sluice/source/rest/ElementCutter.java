package io.sluice.source.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.source.records.Cutter;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds the elements of a page's list of records. */
final class ElementCutter implements Cutter {
  private final byte[] page;
  private final JsonParser json;
  private final boolean hasList;
  private byte[] element = new byte[0];
  private long number;
  private int from;

  /**
   * @param path of the list
   */
  ElementCutter(InputStream text, List<String> path) throws IOException {
    try (text) {
      page = JsonPages.plain(text.readNBytes(JsonPages.LARGEST));
    }
    json = JsonPages.open(page);
    hasList = JsonPages.enter(json, path);
  }

  @Override
  public boolean next() throws IOException {
    if (!hasList || json.nextToken() == JsonToken.END_ARRAY) {
      return false;
    }
    number++;
    from = JsonPages.start(json);
    element = Arrays.copyOfRange(page, from, JsonPages.end(json));
    return true;
  }

  @Override
  public byte[] bytes() {
    return element;
  }

  @Override
  public int length() {
    return element.length;
  }

  /** Which one it is: pages are seldom written in lines. */
  @Override
  public long line() {
    return number;
  }

  @Override
  public long offset() {
    return from;
  }

  @Override
  public Optional<String> fault() {
    return element.length > LONGEST
        ? Optional.of("the record is longer than %,d bytes".formatted(LONGEST))
        : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
