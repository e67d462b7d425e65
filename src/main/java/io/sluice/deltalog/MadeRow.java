package io.sluice.deltalog;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.time.Cadence;
import io.sluice.time.Civil;
import io.sluice.time.Interval;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Intervals of a receipt that follow each other, as one entry of its JSON.
 *
 * @param every the cadence of the intervals; empty for one interval of none
 * @param made in order, without gaps; at least one
 */
record MadeRow(Optional<Cadence> every, List<Receipt.Made> made) {

  MadeRow {
    made = List.copyOf(made);
    if (made.isEmpty()) {
      throw new IllegalArgumentException("An entry of a receipt has counts");
    }
  }

  /** Cuts a receipt's intervals, in their order, where a gap or another cadence begins. */
  static List<MadeRow> of(List<Receipt.Made> made) {
    List<MadeRow> rows = new ArrayList<>();
    List<Receipt.Made> row = new ArrayList<>();
    Optional<Cadence> every = Optional.empty();
    for (Receipt.Made next : made) {
      Interval interval = next.interval();
      boolean follows =
          !row.isEmpty()
              && row.get(row.size() - 1).interval().to().equals(interval.from())
              && every.filter(cadence -> cadence.isOne(interval)).isPresent();
      if (!follows) {
        if (!row.isEmpty()) {
          rows.add(new MadeRow(every, row));
        }
        row.clear();
        every = cadence(interval);
      }
      row.add(next);
    }
    if (!row.isEmpty()) {
      rows.add(new MadeRow(every, row));
    }
    return rows;
  }

  void write(JsonGenerator json) throws IOException {
    Interval first = made.get(0).interval();
    json.writeStartObject();
    if (every.isPresent()) {
      json.writeStringField("every", every.get().word());
    }
    json.writeStringField("from", Civil.text(first.from()));
    if (every.isEmpty()) {
      json.writeStringField("to", Civil.text(first.to()));
    }
    long[] quarantined = made.stream().mapToLong(Receipt.Made::quarantined).toArray();
    counts(json, "written", made.stream().mapToLong(Receipt.Made::written).toArray());
    for (long rows : quarantined) {
      if (rows != 0) {
        counts(json, "quarantined", quarantined);
        break;
      }
    }
    if (made.stream().anyMatch(one -> one.hash().isPresent())) {
      json.writeArrayFieldStart("rows");
      for (Receipt.Made one : made) {
        json.writeString(one.hash().map(ContentHash::text).orElse(""));
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  /** Reads the entry whose opening brace was just read. */
  static MadeRow read(JsonParser json) throws IOException {
    Optional<Cadence> every = Optional.empty();
    Optional<LocalDateTime> from = Optional.empty();
    Optional<LocalDateTime> to = Optional.empty();
    List<Long> written = List.of();
    List<Long> quarantined = List.of();
    List<Optional<ContentHash>> hashes = List.of();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.getCurrentName();
      json.nextToken();
      switch (field) {
        case "every" ->
            every = Optional.of(Cadence.valueOf(json.getText().toUpperCase(Locale.ROOT)));
        case "from" -> from = Optional.of(Civil.parse(json.getText()));
        case "to" -> to = Optional.of(Civil.parse(json.getText()));
        case "written" -> written = counts(json);
        case "quarantined" -> quarantined = counts(json);
        case "rows" -> hashes = hashes(json);
        default -> json.skipChildren();
      }
    }
    if (!quarantined.isEmpty() && quarantined.size() != written.size()
        || !hashes.isEmpty() && hashes.size() != written.size()) {
      throw new IllegalArgumentException("Two lists of counts differ in length");
    }
    LocalDateTime start = from.orElseThrow(() -> new IllegalArgumentException("No from"));
    List<Receipt.Made> made = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      LocalDateTime end =
          every.isPresent()
              ? every.get().next(start)
              : to.orElseThrow(() -> new IllegalArgumentException("No to"));
      long bad = quarantined.isEmpty() ? 0 : quarantined.get(i);
      Optional<ContentHash> hash = hashes.isEmpty() ? Optional.empty() : hashes.get(i);
      made.add(new Receipt.Made(new Interval(start, end), written.get(i), bad, hash));
      start = end;
    }
    return new MadeRow(every, made);
  }

  private static List<Optional<ContentHash>> hashes(JsonParser json) throws IOException {
    List<Optional<ContentHash>> hashes = new ArrayList<>();
    while (json.nextToken() == JsonToken.VALUE_STRING) {
      String text = json.getText();
      hashes.add(text.isEmpty() ? Optional.empty() : Optional.of(ContentHash.parse(text)));
    }
    return hashes;
  }

  private static Optional<Cadence> cadence(Interval interval) {
    for (Cadence cadence : Cadence.values()) {
      if (cadence.isOne(interval)) {
        return Optional.of(cadence);
      }
    }
    return Optional.empty();
  }

  private static void counts(JsonGenerator json, String field, long[] counts) throws IOException {
    json.writeFieldName(field);
    json.writeArray(counts, 0, counts.length);
  }

  private static List<Long> counts(JsonParser json) throws IOException {
    List<Long> counts = new ArrayList<>();
    while (json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
      counts.add(json.getLongValue());
    }
    return counts;
  }
}
