package io.sluice.source.fixed;

import io.sluice.lake.SourceSpec.Fixed;
import io.sluice.source.records.Parsed;
import io.sluice.source.records.RecordParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Takes lines apart by places; a value of blanks only is none. */
final class FixedParser implements RecordParser {

  private final List<Fixed.Field> layout;
  private final Optional<Fixed.RecordType> type;
  private final int width;
  private final boolean isOpen;

  FixedParser(List<Fixed.Field> layout, Optional<Fixed.RecordType> type) {
    this.layout = layout;
    this.type = type;
    this.width = layout.stream().mapToInt(field -> field.place().least()).max().orElse(0);
    this.isOpen = layout.stream().anyMatch(field -> field.place().isOpen());
  }

  @Override
  public Parsed parse(byte[] bytes, int length, @Nullable Object[] values) {
    if (length == 0) {
      return Parsed.NOTHING;
    }
    // Places are characters, which are not bytes where the text is not all ASCII.
    String line = new String(bytes, 0, length, StandardCharsets.UTF_8);
    if (type.isPresent()) {
      Optional<Parsed> other = other(line, type.get());
      if (other.isPresent()) {
        return other.get();
      }
    }
    if (line.length() < width) {
      return new Parsed.Fault(
          "the line has %,d characters, and its layout %,d".formatted(line.length(), width));
    }
    if (!isOpen && !line.substring(width).isBlank()) {
      return new Parsed.Fault(
          "the line goes on behind its layout, which ends with character %,d".formatted(width));
    }
    for (int i = 0; i < layout.size(); i++) {
      String value = at(line, layout.get(i).place());
      values[i] = value.isEmpty() ? null : UTF8String.fromString(value);
    }
    return Parsed.ROW;
  }

  /** What a line is that is not of the wanted type. */
  private static Optional<Parsed> other(String line, Fixed.RecordType type) {
    if (line.length() < type.at().least()) {
      return Optional.of(
          new Parsed.Fault(
              "the line ends before its type, which stands at %d-%d"
                  .formatted(type.at().first(), type.at().last())));
    }
    String found = at(line, type.at());
    if (found.equals(type.is())) {
      return Optional.empty();
    }
    return Optional.of(
        type.others().contains(found) || type.others().contains("*")
            ? Parsed.NOTHING
            : new Parsed.Fault(
                "the line is of type '%s', which is neither is nor in others".formatted(found)));
  }

  private static String at(String line, Fixed.Place place) {
    return line.substring(place.first() - 1, Math.min(place.last(), line.length())).strip();
  }
}
