package io.sluice.source.files;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.source.columns.DeclaredColumns;
import io.sluice.source.records.Parsed;
import io.sluice.source.records.RecordParser;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Takes an object apart: numbers as they are written, what is nested as JSON without blanks. */
final class ObjectParser implements RecordParser {
  private static final Parsed NO_OBJECT = new Parsed.Fault(JsonDialect.NO_OBJECT);

  private final JsonDialect dialect;
  private final Map<String, Integer> places = new HashMap<>();

  ObjectParser(JsonDialect dialect, List<String> fields) {
    this.dialect = dialect;
    for (int i = 0; i < fields.size(); i++) {
      places.put(fields.get(i), i);
    }
  }

  @Override
  public Parsed parse(byte[] bytes, int length, @Nullable Object[] values) {
    if (JsonDialect.isBlank(bytes, 0, length)) {
      return Parsed.NOTHING;
    }
    if (!JsonDialect.isUtf8(bytes, length)) {
      return NO_OBJECT;
    }
    try (JsonParser json = dialect.factory().createParser(bytes, 0, length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return NO_OBJECT;
      }
      boolean isNamed = true;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.getCurrentName();
        Integer place = places.get(name);
        JsonToken token = json.nextToken();
        if (place == null) {
          isNamed &= DeclaredColumns.isText(name);
          json.skipChildren();
        } else {
          values[place] = value(json, token);
        }
      }
      if (json.currentToken() != JsonToken.END_OBJECT) {
        return NO_OBJECT;
      }
      return JsonDialect.rest(json, bytes, length)
          .<Parsed>map(Parsed.Fault::new)
          .orElse(isNamed ? Parsed.ROW : new Parsed.Fault("the name of a field is no text"));
    } catch (IOException e) {
      return NO_OBJECT;
    }
  }

  private @Nullable UTF8String value(JsonParser json, JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token.isScalarValue()) {
      return UTF8String.fromString(json.getText());
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = dialect.factory().createGenerator(text)) {
      copy(json, generator);
    }
    return UTF8String.fromString(text.toString());
  }

  /** What begins here, to its end. A generator's own copy would round numbers. */
  private static void copy(JsonParser json, JsonGenerator generator) throws IOException {
    int depth = 0;
    while (true) {
      JsonToken token = json.currentToken();
      if (token == JsonToken.FIELD_NAME) {
        generator.writeFieldName(json.getCurrentName());
      } else if (token == JsonToken.VALUE_NUMBER_FLOAT && json.isNaN()) {
        generator.writeString(json.getText());
      } else if (token.isNumeric()) {
        generator.writeNumber(json.getText());
      } else {
        generator.copyCurrentEvent(json);
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (depth == 0) {
        return;
      }
      json.nextToken();
    }
  }
}
