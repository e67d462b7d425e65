package io.sluice.lake;

import io.sluice.config.Section;
import io.sluice.lake.SourceSpec.Fixed;
import io.sluice.time.Cadence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a source of type {@code fixed}. */
record FixedReader(LandingReader landing) {
  private static final Pattern PLACE = Pattern.compile("(\\d{1,6})(?:\\s*-\\s*(\\d{0,6}))?");
  private static final Fixed.Place SOMEWHERE = new Fixed.Place(1, 1);

  SourceSpec.Fixed read(Section section, Cadence every) {
    SourceSpec.Landing at = landing.read(section, every, "landing/ledger/{yyyy-MM-dd}.txt");
    section.need("layout", "layout { account = 1-10, amount = 11-22 }");
    return new SourceSpec.Fixed(
        at,
        section.section("layout").map(FixedReader::layout).orElse(List.of()),
        section.section("record").map(FixedReader::record),
        FileOptions.encoding(section, "encoding"));
  }

  private static List<Fixed.Field> layout(Section section) {
    List<Fixed.Field> fields = new ArrayList<>();
    for (String name : section.keys()) {
      if (!Names.isPlain(name)) {
        section.wrong(name, "not the name of a column; write letters, digits and _");
      }
      place(section, name).ifPresent(place -> fields.add(new Fixed.Field(name, place)));
    }
    fields.sort(Comparator.comparingInt(field -> field.place().first()));
    if (section.keys().isEmpty()) {
      section.wrong("there is no column in it; write account = 1-10");
    }
    return fields;
  }

  private static Fixed.RecordType record(Section section) {
    section.need("at", "at = 1-2");
    return new Fixed.RecordType(
        place(section, "at").orElse(SOMEWHERE),
        section.needText("is", "is = \"10\""),
        section.texts("others"));
  }

  private static Optional<Fixed.Place> place(Section section, String key) {
    Optional<String> typed = section.text(key);
    Optional<Fixed.Place> place = typed.flatMap(FixedReader::place);
    if (typed.isPresent() && place.isEmpty()) {
      section.wrong(
          key,
          "'%s' is no place in a line; write first and last character, counted from 1: %s = 3-12"
              .formatted(typed.get(), key));
    }
    return place;
  }

  private static Optional<Fixed.Place> place(String typed) {
    Matcher places = PLACE.matcher(typed.strip());
    if (!places.matches()) {
      return Optional.empty();
    }
    int first = Integer.parseInt(places.group(1));
    String end = places.group(2);
    int last = end == null ? first : end.isEmpty() ? Fixed.Place.END : Integer.parseInt(end);
    return first < 1 || last < first ? Optional.empty() : Optional.of(new Fixed.Place(first, last));
  }
}
