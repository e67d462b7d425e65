package io.sluice.task;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.api.Look;
import io.sluice.deltalog.StoredFolder;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.time.Civil;
import io.sluice.time.Interval;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What tasks were made from where a receipt has no room for it: items that don't say themselves
 * which interval they belong to, and those of more intervals than a receipt has checksums of. A
 * file an attempt, in {@code _sluice/items} beside the table, written before the commit.
 *
 * @param folder its URI
 * @param settings those of the Spark session
 */
public record KeptItems(String folder, Map<String, String> settings) {
  private static final String SUFFIX = ".json";
  private static final JsonFactory JSON = new JsonFactory();

  public static KeptItems of(Lake lake, Job job) {
    return new KeptItems(lake.path(job.name()) + "/_sluice/items", lake.spark());
  }

  void keep(String attempt, Map<Interval, Look> looks) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      for (Map.Entry<Interval, Look> look : new TreeMap<>(looks).entrySet()) {
        json.writeStartObject();
        json.writeStringField("from", Civil.text(look.getKey().from()));
        json.writeStringField("to", Civil.text(look.getKey().to()));
        json.writeArrayFieldStart("items");
        for (Look.Item item : look.getValue().items()) {
          json.writeStartArray();
          json.writeString(item.id());
          json.writeString(item.version());
          json.writeNumber(item.bytes());
          json.writeEndArray();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException("A text in memory can't be written", e);
    }
    StoredFolder.at(folder, settings).write(name(attempt), text.toString());
  }

  void remove(String attempt) {
    StoredFolder.at(folder, settings).remove(name(attempt));
  }

  /** The attempts that something was kept of. */
  public Set<String> attempts() {
    return StoredFolder.at(folder, settings).names().stream()
        .filter(name -> name.endsWith(SUFFIX) && !name.startsWith("."))
        .map(name -> name.substring(0, name.length() - SUFFIX.length()))
        .collect(Collectors.toSet());
  }

  /** By interval; empty where nothing was kept for the attempt. */
  public Optional<Map<Interval, Look>> find(String attempt) {
    Optional<String> text = StoredFolder.at(folder, settings).read(name(attempt));
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Map<Interval, Look> looks = new HashMap<>();
    try (JsonParser json = JSON.createParser(text.get())) {
      while (json.nextToken() == JsonToken.START_OBJECT) {
        read(json, looks);
      }
    } catch (IOException | RuntimeException e) {
      // As good as none: the source is looked at instead.
      return Optional.empty();
    }
    return Optional.of(looks);
  }

  private static void read(JsonParser json, Map<Interval, Look> looks) throws IOException {
    String from = "";
    String to = "";
    List<Look.Item> items = new ArrayList<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.getCurrentName();
      json.nextToken();
      switch (field) {
        case "from" -> from = json.getText();
        case "to" -> to = json.getText();
        case "items" -> {
          while (json.nextToken() == JsonToken.START_ARRAY) {
            String id = json.nextTextValue();
            String version = json.nextTextValue();
            items.add(new Look.Item(id, version, json.nextLongValue(0)));
            json.nextToken();
          }
        }
        default -> json.skipChildren();
      }
    }
    looks.put(new Interval(Civil.parse(from), Civil.parse(to)), Look.present(items));
  }

  private static String name(String attempt) {
    return attempt + SUFFIX;
  }
}
