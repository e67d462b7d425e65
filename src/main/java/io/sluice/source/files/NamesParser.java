package io.sluice.source.files;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.source.columns.DeclaredColumns;
import io.sluice.source.records.Parsed;
import io.sluice.source.records.RecordParser;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Names the fields of objects, each once; what is no object has none. */
final class NamesParser implements RecordParser {
  private final JsonDialect dialect;
  private final Set<String> known = new HashSet<>();

  NamesParser(JsonDialect dialect) {
    this.dialect = dialect;
  }

  @Override
  public Parsed parse(byte[] bytes, int length, @Nullable Object[] values) {
    if (!JsonDialect.isUtf8(bytes, length)) {
      return Parsed.NOTHING;
    }
    try (JsonParser json = dialect.factory().createParser(bytes, 0, length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Parsed.NOTHING;
      }
      List<String> unknown = new ArrayList<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.getCurrentName();
        if (!known.contains(name) && DeclaredColumns.isText(name)) {
          unknown.add(name);
        }
        json.nextToken();
        json.skipChildren();
      }
      boolean isObject =
          json.currentToken() == JsonToken.END_OBJECT
              && JsonDialect.rest(json, bytes, length).isEmpty();
      if (!isObject || unknown.isEmpty()) {
        return Parsed.NOTHING;
      }
      known.addAll(unknown);
      values[0] = UTF8String.fromString(array(unknown));
      return Parsed.ROW;
    } catch (IOException e) {
      return Parsed.NOTHING;
    }
  }

  private String array(List<String> names) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = dialect.factory().createGenerator(text)) {
      generator.writeStartArray();
      for (String name : names) {
        generator.writeString(name);
      }
      generator.writeEndArray();
    }
    return text.toString();
  }

  /** The names that such an array holds. */
  static List<String> names(JsonDialect dialect, String array) {
    List<String> names = new ArrayList<>();
    try (JsonParser json = dialect.factory().createParser(array)) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
          names.add(json.getText());
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("We have written it: " + array, e);
    }
    return names;
  }
}
