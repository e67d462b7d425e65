package io.sluice.source.nosql;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.LakeTime;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which of the asked intervals a document belongs to.
 *
 * @param field path of the field that tells; empty where all belong to the first
 * @param first start of the first
 * @param starts of the intervals that were asked for
 */
record OwnInterval(
    List<String> field, Cadence every, ZoneId zone, LocalDateTime first, Set<LocalDateTime> starts)
    implements Serializable {
  private static final int OF_DAY = "2011-01-31".length();

  OwnInterval {
    field = List.copyOf(field);
    starts = Set.copyOf(starts);
  }

  static OwnInterval of(
      Optional<String> field, Cadence every, LakeTime time, List<Interval> intervals) {
    return new OwnInterval(
        field.map(path -> List.of(path.split("\\.", -1))).orElse(List.of()),
        every,
        time.zone(),
        intervals.get(0).from(),
        intervals.stream().map(Interval::from).collect(Collectors.toSet()));
  }

  /** The interval's start; empty where it is another one, or none. */
  Optional<LocalDateTime> of(JsonNode document) {
    if (field.isEmpty()) {
      return Optional.of(first);
    }
    BsonValue value = BsonValue.of(at(document));
    return switch (value.kind()) {
      case TIME -> of(Instant.ofEpochMilli(value.millis()));
      case OBJECT_ID -> of(value.created());
      case TEXT -> {
        String text = value.node().asText();
        Optional<Instant> moment = IsoText.ordered(text, zone);
        yield moment.isPresent() ? of(moment.get()) : besideText(text);
      }
      default -> Optional.empty();
    };
  }

  /** Why the field does not tell the interval that its document was put into. */
  Optional<String> fault(JsonNode document) {
    if (field.isEmpty()) {
      return Optional.empty();
    }
    BsonValue value = BsonValue.of(at(document));
    return value.kind() == BsonValue.Kind.TEXT
            && IsoText.ordered(value.node().asText(), zone).isEmpty()
        ? Optional.of(
            "%s: '%s' is not a time".formatted(String.join(".", field), value.node().asText()))
        : Optional.empty();
  }

  private JsonNode at(JsonNode document) {
    JsonNode node = document;
    for (String name : field) {
      node = node.path(name);
    }
    return node;
  }

  private Optional<LocalDateTime> of(Instant moment) {
    LocalDateTime start = every.floor(new LakeTime(zone).civil(moment, every));
    return starts.contains(start) ? Optional.of(start) : Optional.empty();
  }

  /** What is no time is put where it would stand among texts that are. */
  private Optional<LocalDateTime> besideText(String text) {
    String comparable =
        text.length() > OF_DAY && text.charAt(OF_DAY) == ' '
            ? text.substring(0, OF_DAY) + "T" + text.substring(OF_DAY + 1)
            : text;
    return starts.stream()
        .filter(
            start ->
                name(start).compareTo(comparable) <= 0
                    && comparable.compareTo(name(every.next(start))) < 0)
        .findFirst();
  }

  private String name(LocalDateTime start) {
    Cadence shown = every == Cadence.HOUR ? Cadence.HOUR : Cadence.DAY;
    return shown.name(shown.at(start));
  }
}
