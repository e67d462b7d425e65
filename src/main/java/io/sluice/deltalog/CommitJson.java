package io.sluice.deltalog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A commit as a line of text: what will be asked of it when its own file is gone. */
final class CommitJson {
  private static final JsonFactory JSON = new JsonFactory();

  private CommitJson() {}

  static String write(Commit commit) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("version", commit.version());
      json.writeStringField("at", commit.at().toString());
      json.writeStringField("operation", commit.operation());
      json.writeBooleanField("changesData", commit.changesData());
      json.writeBooleanField("touchesUnknown", commit.touchesUnknown());
      json.writeArrayFieldStart("partitions");
      for (Map<String, String> partition : commit.partitions()) {
        write(json, partition);
      }
      json.writeEndArray();
      if (commit.columns().isPresent()) {
        json.writeFieldName("columns");
        write(json, commit.columns().get());
      }
      if (!commit.applications().isEmpty()) {
        json.writeObjectFieldStart("applications");
        for (Map.Entry<String, Long> application : commit.applications().entrySet()) {
          json.writeNumberField(application.getKey(), application.getValue());
        }
        json.writeEndObject();
      }
      if (commit.receipt().isPresent()) {
        json.writeStringField("receipt", ReceiptJson.write(commit.receipt().get()));
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("A text in memory can't be written", e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Map<String, String> texts) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, String> entry : texts.entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }

  static Commit read(String line) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    long version = -1;
    boolean changesData = false;
    boolean touchesUnknown = false;
    List<Map<String, String>> partitions = new ArrayList<>();
    Optional<Map<String, String>> columns = Optional.empty();
    Map<String, Long> applications = new LinkedHashMap<>();
    try (JsonParser json = JSON.createParser(line)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.getCurrentName();
        JsonToken value = json.nextToken();
        switch (field) {
          case "version" -> version = json.getLongValue();
          case "changesData" -> changesData = json.getBooleanValue();
          case "touchesUnknown" -> touchesUnknown = json.getBooleanValue();
          case "partitions" -> {
            while (json.nextToken() == JsonToken.START_OBJECT) {
              partitions.add(texts(json));
            }
          }
          case "applications" -> {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
              String name = json.getCurrentName();
              json.nextToken();
              applications.put(name, json.getLongValue());
            }
          }
          case "columns" -> columns = Optional.of(texts(json));
          default -> {
            if (value == JsonToken.VALUE_STRING) {
              texts.put(field, json.getText());
            } else {
              json.skipChildren();
            }
          }
        }
      }
    }
    if (version < 0 || !texts.containsKey("at")) {
      throw new IOException("not a commit that was kept: " + line);
    }
    return new Commit(
        version,
        Instant.parse(texts.get("at")),
        texts.getOrDefault("operation", ""),
        changesData,
        partitions,
        columns,
        Optional.ofNullable(texts.get("receipt")).flatMap(ReceiptJson::read),
        touchesUnknown,
        applications);
  }

  private static Map<String, String> texts(JsonParser json) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.getCurrentName();
      json.nextToken();
      texts.put(field, json.getText());
    }
    return Collections.unmodifiableMap(texts);
  }
}
