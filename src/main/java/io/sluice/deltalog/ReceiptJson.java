package io.sluice.deltalog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A receipt as the text that a commit carries. Intervals of one cadence that follow each other are
 * one entry with a list of counts, so that a year of days takes some 3 KB:
 *
 * <pre>{"sluice":{"format":1,"job":"raw.sales",…,"reads":{"raw.fx_rate":12},
 *   "made":[{"every":"day","from":"2010-12-01","written":[3108,2109],"quarantined":[0,4]}]}}</pre>
 *
 * {@code sources} are the checksums of what a source gave, one an interval, {@code asked} is what
 * it was asked; {@code anew} is left out where it is false; {@code quarantined} is left out where
 * no row was; an interval of no cadence has its {@code to}. {@code rows} beside the counts are the
 * hashes of the rows, empty where there is none.
 */
public final class ReceiptJson {

  private static final int FORMAT = 1;
  private static final JsonFactory JSON = new JsonFactory();

  private ReceiptJson() {}

  public static String write(Receipt receipt) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeObjectFieldStart("sluice");
      json.writeNumberField("format", FORMAT);
      json.writeStringField("lake", receipt.lake());
      json.writeStringField("job", receipt.job());
      json.writeStringField("run", receipt.run());
      json.writeStringField("attempt", receipt.attempt());
      json.writeStringField("definition", receipt.definition());
      json.writeObjectFieldStart("reads");
      for (Map.Entry<String, Long> read : new TreeMap<>(receipt.reads()).entrySet()) {
        json.writeNumberField(read.getKey(), read.getValue());
      }
      json.writeEndObject();
      json.writeArrayFieldStart("made");
      for (MadeRow row : MadeRow.of(receipt.made())) {
        row.write(json);
      }
      json.writeEndArray();
      if (!receipt.sources().isEmpty()) {
        json.writeArrayFieldStart("sources");
        for (String checksum : receipt.sources()) {
          json.writeString(checksum);
        }
        json.writeEndArray();
      }
      if (!receipt.asked().isEmpty()) {
        json.writeStringField("asked", receipt.asked());
      }
      if (receipt.anew()) {
        json.writeBooleanField("anew", true);
      }
      if (receipt.undone().isPresent()) {
        json.writeFieldName("undone");
        UndoneJson.write(json, receipt.undone().get());
      }
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("A text in memory can't be written", e);
    }
    return text.toString();
  }

  /** Empty where the text is not a receipt that this Sluice can read: it is somebody else's. */
  public static Optional<Receipt> read(String userMetadata) {
    if (!userMetadata.startsWith("{") || !userMetadata.contains("\"sluice\"")) {
      return Optional.empty();
    }
    try (JsonParser json = JSON.createParser(userMetadata)) {
      Optional<Receipt> receipt = Optional.empty();
      expect(json.nextToken() == JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.getCurrentName();
        json.nextToken();
        if (field.equals("sluice")) {
          receipt = Optional.of(receipt(json));
        } else {
          json.skipChildren();
        }
      }
      return receipt;
    } catch (IOException | DateTimeException | IllegalArgumentException foreign) {
      return Optional.empty();
    }
  }

  private static Receipt receipt(JsonParser json) throws IOException {
    Map<String, String> texts = new HashMap<>();
    Map<String, Long> reads = new HashMap<>();
    List<Receipt.Made> made = new ArrayList<>();
    List<String> sources = new ArrayList<>();
    boolean anew = false;
    Optional<Undone> undone = Optional.empty();
    int format = 0;
    expect(json.currentToken() == JsonToken.START_OBJECT);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.getCurrentName();
      JsonToken value = json.nextToken();
      switch (field) {
        case "format" -> format = json.getIntValue();
        case "reads" -> {
          while (json.nextToken() == JsonToken.FIELD_NAME) {
            String input = json.getCurrentName();
            json.nextToken();
            reads.put(input, json.getLongValue());
          }
        }
        case "made" -> {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            made.addAll(MadeRow.read(json).made());
          }
        }
        case "sources" -> {
          while (json.nextToken() == JsonToken.VALUE_STRING) {
            sources.add(json.getText());
          }
        }
        case "anew" -> anew = json.getBooleanValue();
        case "undone" -> undone = Optional.of(UndoneJson.read(json));
        default -> {
          if (value == JsonToken.VALUE_STRING) {
            texts.put(field, json.getText());
          } else {
            json.skipChildren();
          }
        }
      }
    }
    expect(format == FORMAT);
    return new Receipt(
        text(texts, "lake"),
        text(texts, "job"),
        text(texts, "run"),
        text(texts, "attempt"),
        text(texts, "definition"),
        reads,
        made,
        sources,
        texts.getOrDefault("asked", ""),
        anew,
        undone);
  }

  private static String text(Map<String, String> texts, String field) {
    return Optional.ofNullable(texts.get(field))
        .orElseThrow(() -> new IllegalArgumentException("A receipt says its " + field));
  }

  private static void expect(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException("Not a receipt");
    }
  }
}
