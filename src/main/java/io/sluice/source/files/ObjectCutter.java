package io.sluice.source.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.source.records.CopyingCutter;
import io.sluice.source.records.Cutter;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The objects of a file that is one of them, or an array; a file that is neither is one record. */
final class ObjectCutter extends CopyingCutter {
  private final Cutter file;
  private final JsonDialect dialect;
  private byte[] text = new byte[0];
  private @Nullable JsonParser array;
  private boolean isOpen;
  private long number;

  /**
   * @param file gives the whole of it
   */
  ObjectCutter(Cutter file, JsonDialect dialect) {
    this.file = file;
    this.dialect = dialect;
  }

  @Override
  public boolean next() throws IOException {
    if (!isOpen) {
      isOpen = true;
      if (!file.next() || JsonDialect.isBlank(file.bytes(), 0, file.length())) {
        return false;
      }
      text = Arrays.copyOf(file.bytes(), file.length());
      Optional<String> fault = fault(text);
      if (fault.isPresent() || !isArray()) {
        number++;
        hold(text, number, file.offset(), fault);
        return true;
      }
    }
    JsonParser elements = array;
    if (elements == null || elements.nextToken() == JsonToken.END_ARRAY) {
      return false;
    }
    int from = (int) elements.getTokenLocation().getByteOffset();
    elements.skipChildren();
    elements.finishToken();
    int to = (int) elements.getCurrentLocation().getByteOffset();
    number++;
    // By its number: who writes an array seldom cares for lines.
    hold(Arrays.copyOfRange(text, from, to), number, file.offset() + from, Optional.empty());
    return true;
  }

  /** Of a file that is broken somewhere, no part is believed. */
  private Optional<String> fault(byte[] bytes) {
    if (!JsonDialect.isUtf8(bytes, bytes.length)) {
      return Optional.of(JsonDialect.NO_OBJECT);
    }
    try (JsonParser json = dialect.factory().createParser(bytes)) {
      JsonToken first = json.nextToken();
      json.skipChildren();
      return first == null || !first.isStructStart() || json.currentToken() == null
          ? Optional.of(JsonDialect.NO_OBJECT)
          : JsonDialect.rest(json, bytes, bytes.length);
    } catch (IOException e) {
      return Optional.of(JsonDialect.NO_OBJECT);
    }
  }

  private boolean isArray() throws IOException {
    JsonParser json = dialect.factory().createParser(text);
    if (json.nextToken() == JsonToken.START_ARRAY) {
      array = json;
      return true;
    }
    json.close();
    return false;
  }

  @Override
  public void close() throws IOException {
    if (array != null) {
      array.close();
    }
    file.close();
  }
}
