package io.sluice.lake;

import io.sluice.config.Place;
import io.sluice.config.Problems;
import io.sluice.config.Spelling;
import io.sluice.sql.ParsedSql;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Turns the names in a job's SQL, inputs and rules into tables of the lake. */
final class References {
  private final Collection<TableName> known;
  private final Problems problems;

  References(Collection<TableName> known, Problems problems) {
    this.known = known;
    this.problems = problems;
  }

  /** The tables that the job's rows are made from, each once, in order of appearance. */
  List<Reference> read(JobDraft job) {
    Map<TableName, Reference> found = new LinkedHashMap<>();
    for (ParsedSql.TableReference table : job.sql().map(ParsedSql::tables).orElse(List.of())) {
      find(job, plain(table.name()), new Origin(job.origin().file(), table.line()))
          .ifPresent(reference -> found.putIfAbsent(reference.table(), reference));
    }
    if (job.making().filter(Making.FromJava.class::isInstance).isPresent()) {
      for (InputsReader.Draft input : job.inputs().values()) {
        find(job, input.table().toString(), input.origin())
            .ifPresent(reference -> found.putIfAbsent(reference.table(), reference));
      }
    }
    return List.copyOf(found.values());
  }

  /** The tables that only its rules look into. */
  List<Reference> ofRules(JobDraft job) {
    List<Reference> found = new ArrayList<>();
    for (TableRule rule : job.quality().require()) {
      if (rule instanceof TableRule.References references) {
        find(job, references.table().toString(), references.origin()).ifPresent(found::add);
      }
    }
    return found;
  }

  /** A name as SQL may have it: in any case, in back quotes. */
  static String plain(String name) {
    return name.replace("`", "").toLowerCase(Locale.ROOT);
  }

  private Optional<Reference> find(JobDraft job, String name, Origin origin) {
    Optional<TableName> table = TableName.parse(name);
    if (table.isEmpty() || !known.contains(table.get())) {
      wrong(origin, unknown(name));
      return Optional.empty();
    }
    if (!job.name().layer().mayRead(table.get().layer())) {
      wrong(
          origin,
          "%s reads %s, which is of a higher layer; read raw, then analysis, then feature or aggregate"
              .formatted(job.name(), name));
      return Optional.empty();
    }
    return Optional.of(new Reference(table.get(), origin));
  }

  private String unknown(String name) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    List<String> namesakes =
        known.stream().filter(k -> k.table().equals(last)).map(TableName::toString).toList();
    if (!namesakes.isEmpty()) {
      return (name.indexOf('.') < 0
              ? "the table %s is named without its layer; write %s"
              : "no job makes %s; write %s")
          .formatted(name, String.join(" or ", namesakes));
    }
    Optional<String> near =
        Spelling.nearest(name, known.stream().map(TableName::toString).toList())
            .or(() -> nearTable(last));
    String example = TableName.parse(name).isPresent() ? name.replace('.', '/') : "raw/" + last;
    return near.map(n -> "no job makes %s; did you mean %s?".formatted(name, n))
        .orElseGet(
            () ->
                "no job makes %s; write jobs/%s.conf or .sql, or read a table that is there"
                    .formatted(name, example));
  }

  private Optional<String> nearTable(String table) {
    return Spelling.nearest(table, known.stream().map(TableName::table).toList())
        .flatMap(
            near ->
                known.stream()
                    .filter(k -> k.table().equals(near))
                    .map(TableName::toString)
                    .findFirst());
  }

  private void wrong(Origin origin, String message) {
    problems.add(new Place(origin.file(), origin.line()), "", message);
  }
}
