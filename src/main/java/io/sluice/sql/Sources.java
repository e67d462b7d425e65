package io.sluice.sql;

import io.sluice.sql.Column.Role;
import io.sluice.sql.Relation.Kind;
import io.sluice.sql.Relation.Loose;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;

/** The tables a plan reads, as relations. */
final class Sources {
  private final Map<String, InputShape> inputs = new HashMap<>();
  private final Map<String, ParsedSql> views = new HashMap<>();

  Sources(Map<String, InputShape> inputs, Map<String, ParsedSql> views) {
    inputs.forEach((name, shape) -> this.inputs.put(Scala.fold(name), shape));
    views.forEach((name, sql) -> this.views.put(Scala.fold(name), sql));
  }

  Relation relation(UnresolvedRelation named, Scope scope) {
    List<String> parts = Scala.names(named.multipartIdentifier());
    String name = String.join(".", parts);
    int line = Scala.line(named);
    Relation cte = scope.ctes().get(name);
    if (cte != null && parts.size() == 1) {
      return cte.as(parts);
    }
    ParsedSql view = views.get(name);
    if (view != null) {
      return view(name, view, line).as(parts);
    }
    InputShape shape = inputs.get(name);
    if (shape != null) {
      return input(name, shape, line).as(parts);
    }
    if (name.equals(SqlFacts.INTERVALS)) {
      return Relation.of(
              Kind.SPLIT,
              List.of(Column.of("starts", Role.INTERVAL), Column.of("ends", Role.INTERVAL_END)),
              List.of())
          .as(parts);
    }
    throw new Mixing(line, "%s at line {line} is not a known input".formatted(name));
  }

  private Relation view(String name, ParsedSql view, int line) {
    try {
      Batching.mustNotUseSpan(view);
      return new PlanWalk(this).walk(SqlReader.parse(view).plan(), Scope.TOP);
    } catch (Mixing e) {
      throw new Mixing(
          line, "view %s at line {line}: %s".formatted(name, e.inLine(view.firstLine())));
    }
  }

  private static Relation input(String name, InputShape shape, int line) {
    Optional<String> time = shape.cutColumn().map(Scala::fold);
    return switch (shape.sight()) {
      case CUT -> open(Kind.SPLIT, List.of(Column.of(time.orElseThrow(), Role.INTERVAL)));
      case CUT_WITH_LOOKBACK ->
          loose(
              time.map(column -> Column.of(column, Role.LOOKED_BACK)).stream().toList(),
              new Loose(
                  name,
                  ("%s at line {line} reaches back before the interval; many intervals need a join"
                          + " with the relation intervals that bounds its rows for each of them")
                      .formatted(name),
                  line,
                  shape.lookback()));
      case AS_OF ->
          loose(
              List.of(
                  Column.of("valid_from", Role.VALID_FROM),
                  Column.of("valid_to", Role.KNOWN_LATER_VALID_TO),
                  Column.of("is_current", Role.KNOWN_LATER)),
              new Loose(
                  name,
                  ("%s at line {line} is seen as of the task's end; many intervals need it joined by"
                          + " valid_from <= {column} AND valid_to > {column}")
                      .formatted(name),
                  line,
                  Optional.empty()));
      case SELF ->
          throw new Mixing(line, "%s at line {line} is the job's own table".formatted(name));
      case WHOLE -> {
        if (time.isPresent()) {
          throw new Mixing(
              line, "%s at line {line} is read whole up to the task's end".formatted(name));
        }
        yield open(Kind.CONSTANT, List.of());
      }
    };
  }

  private static Relation open(Kind kind, List<Column> columns) {
    return Relation.of(kind, columns, List.of(List.of()));
  }

  private static Relation loose(List<Column> columns, Loose loose) {
    return new Relation(Kind.LOOSE, columns, List.of(List.of()), Optional.of(loose));
  }
}
