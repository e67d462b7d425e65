package io.sluice.lake;

import io.sluice.config.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code columns}: {@code received = type}, or {@code received { name = …, type = … }}. */
record ColumnsReader(RuleSql sql) {
  private static final Pattern TYPE =
      Pattern.compile(
          "(boolean|tinyint|byte|smallint|short|int|integer|bigint|long|float|real|double|date"
              + "|timestamp|timestamp_ntz|string|binary"
              + "|(decimal|dec|numeric)(\\s*\\(\\s*\\d+\\s*(,\\s*\\d+\\s*)?\\))?"
              + "|(array|map|struct)\\s*<.*>)");

  List<SourceSpec.Column> read(Section source) {
    List<SourceSpec.Column> columns = new ArrayList<>();
    source
        .section("columns")
        .ifPresent(
            section -> {
              Set<String> names = new HashSet<>();
              for (String received : section.keys()) {
                SourceSpec.Column column = column(section, received);
                columns.add(column);
                if (!names.add(column.name().toLowerCase(Locale.ROOT))) {
                  section.wrong(
                      received,
                      "a second column named %s; give it another name".formatted(column.name()));
                }
              }
            });
    return columns;
  }

  private SourceSpec.Column column(Section section, String received) {
    if (section.isText(received)) {
      return new SourceSpec.Column(received, received, type(section, received));
    }
    Optional<Section> block = section.section(received);
    Optional<String> name = block.flatMap(b -> Names.column(b, "name"));
    return new SourceSpec.Column(
        received, name.orElse(received), block.flatMap(b -> type(b, "type")));
  }

  private Optional<String> type(Section section, String key) {
    return section
        .text(key)
        .filter(
            type -> {
              boolean known = TYPE.matcher(type.toLowerCase(Locale.ROOT)).matches();
              if (!known) {
                section.wrong(
                    key,
                    "'%s' is not a type; write one of Spark SQL's: string, int, bigint, double, \"decimal(10,2)\", date, timestamp"
                        .formatted(type));
              } else if (type.contains("(") || type.contains("<")) {
                sql.checkType(section, key, type);
              }
              return known;
            });
  }
}
