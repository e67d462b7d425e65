package io.sluice.lake;

import io.sluice.config.Section;
import io.sluice.time.Lookback;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code inputs}. */
final class InputsReader {
  private InputsReader() {}

  /** What a definition says of an input itself. */
  record Draft(
      TableName table,
      Optional<Lookback> lookback,
      Optional<Boolean> whole,
      Optional<Boolean> follow,
      Section section) {
    Origin origin() {
      return new Origin(section.place().file(), section.place().line());
    }
  }

  static Map<TableName, Draft> read(Section job) {
    Map<TableName, Draft> inputs = new LinkedHashMap<>();
    job.section("inputs").ifPresent(section -> read(section, inputs));
    return inputs;
  }

  private static void read(Section inputs, Map<TableName, Draft> into) {
    for (String first : inputs.keys()) {
      if (first.indexOf('.') > 0) {
        one(inputs, first, first, into);
      } else if (Layer.of(first).isEmpty()) {
        inputs.refuse(
            first,
            "'%s' is not layer.table; write it as in the SQL, as raw.%s".formatted(first, first));
      } else {
        inputs
            .section(first)
            .ifPresent(
                layer ->
                    layer.keys().forEach(table -> one(layer, table, first + "." + table, into)));
      }
    }
  }

  private static void one(Section parent, String key, String name, Map<TableName, Draft> into) {
    Optional<TableName> table = TableName.parse(name);
    if (table.isEmpty()) {
      parent.refuse(key, "'%s' is not layer.table; write it as raw.sales".formatted(name));
      return;
    }
    parent
        .section(key)
        .ifPresent(
            section ->
                into.put(
                    table.get(),
                    new Draft(
                        table.get(),
                        ScheduleReader.lookback(section, "lookback"),
                        section.flag("whole"),
                        section.flag("follow"),
                        section)));
  }
}
