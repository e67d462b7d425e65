package io.sluice.source.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;

/** What all that takes pages apart does alike. */
final class JsonPages {
  /** Larger ones are not taken apart. */
  static final int LARGEST = 256 << 20;

  private static final JsonFactory JSON = new JsonFactory();

  private JsonPages() {}

  static JsonParser open(byte[] page) throws IOException {
    return JSON.createParser(page);
  }

  static JsonParser open(byte[] text, int length) throws IOException {
    return JSON.createParser(text, 0, length);
  }

  /** Where the parser's token begins. */
  static int start(JsonParser json) {
    return (int) json.getTokenLocation().getByteOffset();
  }

  /** Goes to the end of the value that begins here, and says where that is. */
  static int end(JsonParser json) throws IOException {
    json.skipChildren();
    json.finishToken();
    return (int) json.getCurrentLocation().getByteOffset();
  }

  /** Goes to the beginning of the list at the path; false where there is none. */
  static boolean enter(JsonParser json, List<String> path) throws IOException {
    JsonToken token = json.nextToken();
    for (String name : path) {
      if (token != JsonToken.START_OBJECT) {
        return false;
      }
      token = json.nextToken();
      while (token == JsonToken.FIELD_NAME && !json.getCurrentName().equals(name)) {
        json.nextToken();
        json.skipChildren();
        token = json.nextToken();
      }
      if (token != JsonToken.FIELD_NAME) {
        return false;
      }
      token = json.nextToken();
    }
    return token == JsonToken.START_ARRAY;
  }
}
