package io.sluice.survey;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.deltalog.StoredFolder;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.ledger.SourceItem;
import io.sluice.time.Civil;
import io.sluice.time.Interval;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Acceptances as files of the lake, one each, in {@code _sluice/accepted} under its root: one
 * listing tells of all tables whether there is one that the ledger does not know.
 */
record KeptAcceptances(Lake lake) {
  private static final String SUFFIX = ".json";
  private static final JsonFactory JSON = new JsonFactory();

  void keep(KeptAcceptance accepted) {
    folder().write(accepted.id() + SUFFIX, write(accepted));
  }

  /** Of all that were kept. */
  List<String> ids() {
    return folder().names().stream()
        .filter(name -> name.endsWith(SUFFIX) && !name.startsWith("."))
        .map(name -> name.substring(0, name.length() - SUFFIX.length()))
        .sorted()
        .toList();
  }

  KeptAcceptance read(String id) {
    try (JsonParser json = JSON.createParser(folder().read(id + SUFFIX).orElse(""))) {
      return accepted(id, json);
    } catch (IOException | RuntimeException e) {
      throw new UncheckedIOException(
          "%s/%s%s can't be read, so the ledger is not told of it: %s; remove the file and accept the interval again"
              .formatted(path(), id, SUFFIX, e.getMessage()),
          e instanceof IOException io ? io : new IOException(e));
    }
  }

  private StoredFolder folder() {
    return StoredFolder.at(path(), lake.spark());
  }

  private String path() {
    return lake.root() + "/_sluice/accepted";
  }

  private static String write(KeptAcceptance accepted) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("job", accepted.job().toString());
      json.writeStringField("definition", accepted.definition());
      json.writeStringField("reason", accepted.reason());
      json.writeStringField("at", accepted.at().toString());
      json.writeObjectFieldStart("seen");
      for (Map.Entry<TableName, Long> seen : new TreeMap<>(accepted.seen()).entrySet()) {
        json.writeNumberField(seen.getKey().toString(), seen.getValue());
      }
      json.writeEndObject();
      json.writeArrayFieldStart("intervals");
      for (Interval interval : accepted.intervals()) {
        json.writeStartObject();
        json.writeStringField("from", Civil.text(interval.from()));
        json.writeStringField("to", Civil.text(interval.to()));
        json.writeArrayFieldStart("items");
        for (SourceItem item : accepted.items().getOrDefault(interval, List.of())) {
          json.writeStartArray();
          json.writeString(item.id());
          json.writeString(item.version());
          json.writeNumber(item.bytes());
          json.writeEndArray();
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("A text in memory can't be written", e);
    }
    return text.toString();
  }

  private static KeptAcceptance accepted(String id, JsonParser json) throws IOException {
    Map<String, String> texts = new HashMap<>();
    Map<TableName, Long> seen = new HashMap<>();
    Map<Interval, List<SourceItem>> intervals = new TreeMap<>();
    json.nextToken();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.getCurrentName();
      json.nextToken();
      switch (field) {
        case "seen" -> {
          while (json.nextToken() == JsonToken.FIELD_NAME) {
            TableName table = name(json.getCurrentName());
            json.nextToken();
            seen.put(table, json.getLongValue());
          }
        }
        case "intervals" -> {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            interval(json, intervals);
          }
        }
        default -> texts.put(field, json.getText());
      }
    }
    return new KeptAcceptance(
        id,
        name(text(texts, "job")),
        List.copyOf(intervals.keySet()),
        text(texts, "definition"),
        text(texts, "reason"),
        Instant.parse(text(texts, "at")),
        seen,
        intervals);
  }

  private static void interval(JsonParser json, Map<Interval, List<SourceItem>> intervals)
      throws IOException {
    Map<String, String> texts = new HashMap<>();
    List<SourceItem> items = new ArrayList<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.getCurrentName();
      json.nextToken();
      if (field.equals("items")) {
        while (json.nextToken() == JsonToken.START_ARRAY) {
          String item = json.nextTextValue();
          String version = json.nextTextValue();
          items.add(new SourceItem(item, version, json.nextLongValue(0)));
          json.nextToken();
        }
      } else {
        texts.put(field, json.getText());
      }
    }
    intervals.put(
        new Interval(Civil.parse(text(texts, "from")), Civil.parse(text(texts, "to"))), items);
  }

  private static TableName name(String text) {
    return TableName.parse(text)
        .orElseThrow(() -> new IllegalArgumentException(text + " is no table"));
  }

  private static String text(Map<String, String> texts, String field) {
    String text = texts.get(field);
    if (text == null) {
      throw new IllegalArgumentException("it does not say its " + field);
    }
    return text;
  }
}
