package io.sluice.source.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a page that was received.
 *
 * @param sha256 of the body
 * @param records how many there are in it
 * @param digest of the records' text: two pages with the same are one page twice
 * @param fields names of the records' fields
 * @param next empty after the last page
 */
record PageFacts(
    Step step,
    long bytes,
    String sha256,
    int records,
    String digest,
    List<String> fields,
    Instant received,
    Optional<Step> next) {

  private static final JsonFactory JSON = new JsonFactory();

  PageFacts {
    fields = List.copyOf(fields);
  }

  /** The same without what nobody else may know; enough to say that a page was received. */
  PageFacts hidden(Secrets secrets) {
    return new PageFacts(
        step.hidden(secrets),
        bytes,
        sha256,
        records,
        digest,
        fields,
        received,
        next.map(there -> there.hidden(secrets)));
  }

  static String write(List<PageFacts> pages) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartArray();
      for (PageFacts page : pages) {
        json.writeStartObject();
        json.writeNumberField("page", page.step.number());
        json.writeStringField("at", page.step.at());
        json.writeNumberField("bytes", page.bytes);
        json.writeStringField("sha256", page.sha256);
        json.writeNumberField("records", page.records);
        json.writeStringField("digest", page.digest);
        json.writeArrayFieldStart("fields");
        for (String field : page.fields) {
          json.writeString(field);
        }
        json.writeEndArray();
        json.writeStringField("received", page.received.toString());
        if (page.next.isPresent()) {
          json.writeStringField("next", page.next.get().at());
        }
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    return text.toString();
  }

  /** None where the text is not what this Sluice writes. */
  static List<PageFacts> read(byte[] text) {
    List<PageFacts> pages = new ArrayList<>();
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.START_OBJECT) {
        pages.add(one(json));
      }
    } catch (IOException | NumberFormatException | DateTimeException e) {
      return List.of();
    }
    return pages;
  }

  private static PageFacts one(JsonParser json) throws IOException {
    Map<String, String> texts = new HashMap<>();
    List<String> fields = new ArrayList<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.getCurrentName();
      if (json.nextToken() == JsonToken.START_ARRAY) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          fields.add(json.getText());
        }
      } else {
        texts.put(name, json.getText());
      }
    }
    Step step = new Step(Integer.parseInt(text(texts, "page")), text(texts, "at"));
    return new PageFacts(
        step,
        Long.parseLong(text(texts, "bytes")),
        text(texts, "sha256"),
        Integer.parseInt(text(texts, "records")),
        text(texts, "digest"),
        fields,
        Instant.parse(text(texts, "received")),
        Optional.ofNullable(texts.get("next")).map(step::next));
  }

  private static String text(Map<String, String> texts, String name) throws IOException {
    String text = texts.get(name);
    if (text == null) {
      throw new IOException("no " + name);
    }
    return text;
  }
}
