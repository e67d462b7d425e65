package io.sluice.source.weblog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** Texts as a JSON object. */
final class Rest {
  private static final JsonFactory JSON = new JsonFactory();

  private Rest() {}

  static String json(Map<String, String> texts) {
    StringWriter written = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(written)) {
      out.writeStartObject();
      for (Map.Entry<String, String> text : texts.entrySet()) {
        out.writeStringField(text.getKey(), text.getValue());
      }
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return written.toString();
  }
}
