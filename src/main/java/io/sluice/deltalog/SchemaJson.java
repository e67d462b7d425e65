package io.sluice.deltalog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The columns of a table as its metadata writes them ("Schema Serialization Format" of the Delta
 * protocol), with their types as SQL writes them.
 */
final class SchemaJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Map<String, String> SQL =
      Map.of("integer", "INT", "long", "BIGINT", "short", "SMALLINT", "byte", "TINYINT");

  private SchemaJson() {}

  /** Types by name, in order. */
  static Map<String, String> read(String schema) throws IOException {
    try (JsonParser json = JSON.createParser(schema)) {
      json.nextToken();
      Map<String, String> columns = new LinkedHashMap<>();
      new Type(json).fields().forEach(field -> columns.put(field.name(), field.type()));
      return Collections.unmodifiableMap(columns);
    }
  }

  private record Field(String name, String type) {}

  /** Reads the value that the parser stands on. */
  private record Type(JsonParser json) {

    String sql() throws IOException {
      if (json.currentToken() == JsonToken.VALUE_STRING) {
        String name = json.getText();
        return SQL.getOrDefault(name, name.toUpperCase(Locale.ROOT));
      }
      String kind = "";
      String element = "";
      String key = "";
      List<Field> fields = List.of();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String member = json.getCurrentName();
        json.nextToken();
        switch (member) {
          case "type" -> kind = json.getText();
          case "elementType", "valueType" -> element = sql();
          case "keyType" -> key = sql();
          case "fields" -> fields = list();
          default -> json.skipChildren();
        }
      }
      return switch (kind) {
        case "array" -> "ARRAY<%s>".formatted(element);
        case "map" -> "MAP<%s, %s>".formatted(key, element);
        default ->
            "STRUCT<%s>"
                .formatted(
                    String.join(
                        ", ", fields.stream().map(f -> f.name() + ": " + f.type()).toList()));
      };
    }

    List<Field> fields() throws IOException {
      List<Field> fields = List.of();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String member = json.getCurrentName();
        json.nextToken();
        if (member.equals("fields")) {
          fields = list();
        } else {
          json.skipChildren();
        }
      }
      return fields;
    }

    private List<Field> list() throws IOException {
      List<Field> fields = new ArrayList<>();
      while (json.nextToken() == JsonToken.START_OBJECT) {
        String name = "";
        String type = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String member = json.getCurrentName();
          json.nextToken();
          switch (member) {
            case "name" -> name = json.getText();
            case "type" -> type = sql();
            default -> json.skipChildren();
          }
        }
        fields.add(new Field(name, type));
      }
      return fields;
    }
  }
}
