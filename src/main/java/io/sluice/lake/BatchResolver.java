package io.sluice.lake;

import io.sluice.sql.BatchVerdict;
import io.sluice.sql.InputShape;
import io.sluice.sql.ParsedSql;
import io.sluice.time.Cadence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says how many intervals a task of a job may have. */
final class BatchResolver {
  private final SqlParsing parsing;
  private final Map<TableName, Resolved> known;
  private final Optional<Integer> usual;

  BatchResolver(SqlParsing parsing, Map<TableName, Resolved> known, Optional<Integer> usual) {
    this.parsing = parsing;
    this.known = known;
    this.usual = usual;
  }

  /** A number, and why it is 1. */
  record Answer(int batch, Optional<String> reason) {}

  Answer resolve(JobDraft job, Map<TableName, Input> inputs, Map<TableName, ParsedSql> views) {
    int most = usual.orElse(Effort.DEFAULT_BATCH);
    if (job.every() == Cadence.NONE) {
      return new Answer(1, Optional.empty());
    }
    if (inputs.containsKey(job.name())) {
      int asked = job.effort().batch().orElse(1);
      if (asked > 1) {
        job.section()
            .wrong(
                "batch",
                "the job reads its own table, so an interval needs the one before; leave batch out");
      }
      return new Answer(1, Optional.of("the job reads its own table"));
    }
    if (job.write() instanceof WriteSpec.Merge && job.write().isOrdered()) {
      if (job.effort().batch().orElse(1) > 1) {
        job.section()
            .wrong(
                "batch",
                "the merge is ordered (delete-when, nulls = keep, or no sequence-by), and of a task of several intervals one can't be taken back to be made again; leave batch out, or make the merge by longer intervals (every)");
      }
      return new Answer(
          1,
          Optional.of(
              "the merge is ordered, and only a whole task of it can be taken back"
                  + " when an old interval is made again"));
    }
    if (job.effort().batch().isPresent()) {
      return new Answer(job.effort().batch().get(), Optional.empty());
    }
    if (job.making().filter(Making.FromJava.class::isInstance).isPresent()) {
      return new Answer(
          1, Optional.of("a Java class does not show whether days mix; write batch = 31 if not"));
    }
    if (job.sql().isEmpty()) {
      return new Answer(most, Optional.empty());
    }
    ParsedSql sql = job.sql().get();
    BatchVerdict verdict =
        parsing.batching(
            sql, shapes(sql, inputs, views), named(sql, views), job.shape().intervalBy());
    return verdict.batches()
        ? new Answer(most, Optional.empty())
        : new Answer(
            1,
            Optional.of(
                "%s (%s:%d)".formatted(verdict.reason(), job.origin().file(), verdict.line())));
  }

  /** By the names that the SQL uses, its views' SQL included. */
  private Map<String, InputShape> shapes(
      ParsedSql sql, Map<TableName, Input> inputs, Map<TableName, ParsedSql> views) {
    Map<String, InputShape> shapes = new LinkedHashMap<>();
    inputs.forEach((table, input) -> shapes.put(table.toString(), shape(input)));
    names(sql, views)
        .forEach(
            (name, table) -> {
              Input input = inputs.get(table);
              if (input != null) {
                shapes.put(name, shape(input));
              }
            });
    return shapes;
  }

  private static Map<String, ParsedSql> named(ParsedSql sql, Map<TableName, ParsedSql> views) {
    Map<String, ParsedSql> named = new LinkedHashMap<>();
    views.forEach((table, view) -> named.put(table.toString(), view));
    names(sql, views)
        .forEach(
            (name, table) -> {
              ParsedSql view = views.get(table);
              if (view != null) {
                named.put(name, view);
              }
            });
    return named;
  }

  private static Map<String, TableName> names(ParsedSql sql, Map<TableName, ParsedSql> views) {
    Map<String, TableName> names = new LinkedHashMap<>();
    List<ParsedSql> all = new ArrayList<>(views.values());
    all.add(sql);
    for (ParsedSql one : all) {
      for (ParsedSql.TableReference reference : one.tables()) {
        TableName.parse(References.plain(reference.name()))
            .ifPresent(table -> names.put(reference.name(), table));
      }
    }
    return names;
  }

  private InputShape shape(Input input) {
    Optional<String> column =
        Optional.ofNullable(known.get(input.table())).flatMap(r -> r.job().cutColumn());
    InputShape.Sight sight =
        switch (input.sight()) {
          case CUT ->
              input.lookback().isNone() ? InputShape.Sight.CUT : InputShape.Sight.CUT_WITH_LOOKBACK;
          case WHOLE -> InputShape.Sight.WHOLE;
          case AS_OF -> InputShape.Sight.AS_OF;
          case SELF -> InputShape.Sight.SELF;
        };
    return new InputShape(sight, column);
  }
}
