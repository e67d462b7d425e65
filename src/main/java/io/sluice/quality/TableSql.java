package io.sluice.quality;

import io.sluice.lake.TableName;
import io.sluice.lake.TableRule;
import io.sluice.time.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Table rules as one SQL query over the staged rows, whose answer is a row for each interval that
 * breaks a rule: {@code (interval_key BIGINT, rule INT, figure BIGINT, example STRING)}.
 */
public record TableSql(List<TableRule> rules, IntervalColumn interval) {

  public TableSql {
    rules = List.copyOf(rules);
  }

  /**
   * The query; empty where no rule needs one.
   *
   * @param staged name of the view of the staged rows
   * @param views name of the view of a referenced table
   */
  public Optional<String> query(String staged, Function<TableName, String> views) {
    List<String> parts = new ArrayList<>();
    List<String> aggregates = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      TableRule rule = rules.get(i);
      if (rule instanceof TableRule.NotNull notNull) {
        for (String column : notNull.columns()) {
          aggregates.add(
              check(i, "count_if(" + Sql.quoted(column) + " IS NULL)", Sql.text(column)));
        }
      } else if (rule instanceof TableRule.Sql condition) {
        aggregates.add(
            check(
                i,
                "CASE WHEN " + Sql.met(condition.sql()) + " THEN 0L ELSE 1L END",
                "CAST(NULL AS STRING)"));
      } else if (rule instanceof TableRule.Unique unique) {
        parts.add(unique(i, unique, staged));
      } else if (rule instanceof TableRule.References references) {
        parts.add(references(i, references, staged, views.apply(references.table())));
      }
    }
    if (!aggregates.isEmpty()) {
      parts.add(0, aggregated(aggregates, staged));
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("\nUNION ALL\n", parts));
  }

  private static String check(int rule, String figure, String example) {
    return "named_struct('rule', %d, 'figure', %s, 'example', %s)".formatted(rule, figure, example);
  }

  private String aggregated(List<String> checks, String staged) {
    return """
        SELECT interval_key, found.rule, found.figure, found.example
        FROM (
          SELECT interval_key, explode(checks) AS found
          FROM (SELECT %s AS interval_key, array(%s) AS checks FROM %s GROUP BY 1)
        )
        WHERE found.figure > 0"""
        .formatted(interval.key(), String.join(", ", checks), staged);
  }

  private String unique(int number, TableRule.Unique rule, String staged) {
    String values =
        rule.columns().stream()
            .map(column -> "coalesce(CAST(%s AS STRING), 'NULL')".formatted(Sql.quoted(column)))
            .collect(Collectors.joining(", "));
    return """
        SELECT interval_key, %d AS rule, sum(rows - 1) AS figure, min(example) AS example
        FROM (
          SELECT %s AS interval_key, count(*) AS rows, concat_ws(', ', %s) AS example
          FROM %s GROUP BY 1, %s HAVING count(*) > 1
        )
        GROUP BY interval_key"""
        .formatted(number, interval.key(), values, staged, Sql.quoted(rule.columns()));
  }

  private String references(int number, TableRule.References rule, String staged, String table) {
    String column = Sql.quoted(rule.column());
    return """
        SELECT %s AS interval_key, %d AS rule, count(*) AS figure, \
        min(CAST(%s AS STRING)) AS example
        FROM %s LEFT ANTI JOIN (SELECT DISTINCT %s AS sluice_value FROM %s) \
        ON %s = sluice_value
        WHERE %s IS NOT NULL
        GROUP BY 1"""
        .formatted(
            interval.key(),
            number,
            column,
            staged,
            Sql.quoted(rule.tableColumn()),
            table,
            column,
            column);
  }

  /** What an answer of the query says. */
  public Violation violation(long key, int number, long figure, String example) {
    TableRule rule = rules.get(number);
    String told;
    if (rule instanceof TableRule.Unique unique) {
      told =
          "%s too many with the same %s, such as (%s)"
              .formatted(rows(figure), String.join(", ", unique.columns()), example);
    } else if (rule instanceof TableRule.NotNull) {
      told = "%s without %s".formatted(rows(figure), example);
    } else if (rule instanceof TableRule.References references) {
      told =
          "%s whose %s is not in %s.%s, such as %s"
              .formatted(
                  rows(figure),
                  references.column(),
                  references.table(),
                  references.tableColumn(),
                  example);
    } else if (rule instanceof TableRule.Sql condition) {
      told = "not true of its rows: " + condition.sql();
    } else {
      throw new IllegalStateException("No query asks for " + rule.name());
    }
    return new Violation(interval.interval(key), rule.name(), told);
  }

  /** The intervals whose number of rows is not as it must be. */
  public List<Violation> ofCounts(Map<Interval, Long> counts) {
    List<Violation> found = new ArrayList<>();
    new TreeMap<>(counts)
        .forEach(
            (interval, count) -> {
              for (TableRule rule : rules) {
                if (rule instanceof TableRule.Rows rows && !holds(rows, count)) {
                  found.add(
                      new Violation(
                          interval,
                          rule.name(),
                          "%s, must be %s %d"
                              .formatted(rows(count), rows.comparison(), rows.count())));
                }
              }
            });
    return found;
  }

  private static boolean holds(TableRule.Rows rule, long count) {
    int compared = Long.compare(count, rule.count());
    return switch (rule.comparison()) {
      case ">=" -> compared >= 0;
      case ">" -> compared > 0;
      case "=" -> compared == 0;
      case "<=" -> compared <= 0;
      case "<" -> compared < 0;
      default -> throw new IllegalStateException("Unknown comparison " + rule.comparison());
    };
  }

  private static String rows(long count) {
    return count == 1 ? "1 row" : "%,d rows".formatted(count);
  }
}
