package io.sluice.deltalog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns the actions of one commit's file into a {@link Commit}, in one pass that skips what nobody
 * asks for, above all the statistics of files.
 */
final class CommitReader {

  private static final JsonFactory JSON = new JsonFactory();

  private final Set<Map<String, String>> partitions = new LinkedHashSet<>();
  private Optional<Instant> at = Optional.empty();
  private String operation = "";
  private boolean changesData;
  private Optional<Map<String, String>> columns = Optional.empty();
  private boolean touchesUnknown;
  private final Map<String, Long> applications = new HashMap<>();
  private Optional<Receipt> receipt = Optional.empty();

  private CommitReader() {}

  /** When a commit's file was written, which costs another look at it. */
  interface Modified {
    Instant get() throws IOException;
  }

  static Commit read(long version, InputStream in, Modified modified) throws IOException {
    CommitReader reader = new CommitReader();
    try (JsonParser parser = JSON.createParser(in)) {
      while (parser.nextToken() != null) {
        reader.action(parser);
      }
    }
    return new Commit(
        version,
        reader.at.isPresent() ? reader.at.get() : modified.get(),
        reader.operation,
        reader.changesData,
        List.copyOf(reader.partitions),
        reader.columns,
        reader.receipt,
        reader.touchesUnknown,
        reader.applications);
  }

  private void action(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String kind = parser.getCurrentName();
      parser.nextToken();
      switch (kind) {
        case "add", "remove" -> file(parser);
        case "commitInfo" -> info(parser);
        case "metaData" -> metadata(parser);
        case "txn" -> application(parser);
        default -> parser.skipChildren();
      }
    }
  }

  private void application(JsonParser parser) throws IOException {
    String name = "";
    long version = -1;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.getCurrentName();
      parser.nextToken();
      switch (field) {
        case "appId" -> name = parser.getText();
        case "version" -> version = parser.getLongValue();
        default -> parser.skipChildren();
      }
    }
    applications.put(name, version);
  }

  private void metadata(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.getCurrentName();
      if (parser.nextToken() == JsonToken.VALUE_STRING && field.equals("schemaString")) {
        columns = Optional.of(SchemaJson.read(parser.getText()));
      } else {
        parser.skipChildren();
      }
    }
  }

  private void file(JsonParser parser) throws IOException {
    boolean dataChange = true;
    Optional<Map<String, String>> values = Optional.empty();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.getCurrentName();
      JsonToken value = parser.nextToken();
      if (field.equals("dataChange")) {
        dataChange = value != JsonToken.VALUE_FALSE;
      } else if (field.equals("partitionValues") && value == JsonToken.START_OBJECT) {
        values = Optional.of(FileChangeReader.strings(parser));
      } else {
        parser.skipChildren();
      }
    }
    if (dataChange) {
      changesData = true;
      touchesUnknown |= values.isEmpty();
      values.ifPresent(partitions::add);
    }
  }

  private void info(JsonParser parser) throws IOException {
    Optional<Instant> inCommit = Optional.empty();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.getCurrentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.VALUE_NULL) {
        continue;
      }
      switch (field) {
        case "timestamp" -> at = Optional.of(Instant.ofEpochMilli(parser.getLongValue()));
        case "inCommitTimestamp" ->
            inCommit = Optional.of(Instant.ofEpochMilli(parser.getLongValue()));
        case "operation" -> operation = parser.getText();
        case "userMetadata" -> receipt = ReceiptJson.read(parser.getText());
        default -> parser.skipChildren();
      }
    }
    if (inCommit.isPresent()) {
      at = inCommit;
    }
  }
}
