package io.sluice.deltalog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads which files a commit adds and removes. */
final class FileChangeReader {
  private static final JsonFactory JSON = new JsonFactory();

  private final long version;
  private final List<FileChange> changes = new ArrayList<>();

  private FileChangeReader(long version) {
    this.version = version;
  }

  static List<FileChange> read(long version, InputStream in) throws IOException {
    FileChangeReader reader = new FileChangeReader(version);
    try (JsonParser parser = JSON.createParser(in)) {
      while (parser.nextToken() != null) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String kind = parser.getCurrentName();
          parser.nextToken();
          if (kind.equals("add") || kind.equals("remove")) {
            reader.file(parser, kind.equals("add"));
          } else {
            parser.skipChildren();
          }
        }
      }
    }
    return reader.changes;
  }

  private void file(JsonParser parser, boolean added) throws IOException {
    String path = "";
    Optional<Map<String, String>> partition = Optional.empty();
    long size = 0;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.getCurrentName();
      JsonToken value = parser.nextToken();
      if (field.equals("path")) {
        path = decoded(parser.getText());
      } else if (field.equals("size") && value.isNumeric()) {
        size = parser.getLongValue();
      } else if (field.equals("partitionValues") && value == JsonToken.START_OBJECT) {
        partition = Optional.of(strings(parser));
      } else {
        parser.skipChildren();
      }
    }
    changes.add(new FileChange(version, added, path, partition, size));
  }

  static Map<String, String> strings(JsonParser parser) throws IOException {
    Map<String, String> strings = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.getCurrentName();
      if (parser.nextToken() != JsonToken.VALUE_NULL) {
        strings.put(field, parser.getText());
      }
    }
    return Map.copyOf(strings);
  }

  /** The log has paths as URIs. */
  private static String decoded(String path) {
    URI uri = URI.create(path);
    return uri.isAbsolute() ? path : uri.getPath();
  }
}
