package io.sluice.quality;

import io.sluice.lake.RowRule;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Row rules as SQL over a task's rows: which are written, and what becomes of the others. Good rows
 * cost nothing but their conditions: only the others are handed to {@link #DIVERT}.
 *
 * @param columns of the rows, in order, without those that only serve the making
 * @param span of the task; rows outside are not its own
 * @param received where the rows are a source's: what it says besides
 */
public record RowSql(
    List<RowRule> rules,
    List<String> columns,
    IntervalColumn interval,
    Interval span,
    Optional<Received> received) {

  /** The function (BIGINT key, STRING code, STRING example) -> BOOLEAN: is the row written? */
  public static final String DIVERT = "sluice_divert";

  private static final int EXAMPLE = 200;

  /** Columns that a source gives with its rows. */
  public record Received(
      String interval, String source, String rejected, String raw, Cadence cadence) {}

  public RowSql {
    rules = List.copyOf(rules);
    columns = List.copyOf(columns);
  }

  /** True of a row that is to be written; of all others the function is told. */
  public String keep() {
    List<String> good = new ArrayList<>();
    received.ifPresent(from -> good.add(Sql.quoted(from.rejected()) + " IS NULL"));
    if (interval.column().isPresent()) {
      good.add(interval.within(span));
    }
    rules.forEach(rule -> good.add("(" + rule.sql() + "\n)"));
    return good.isEmpty()
        ? "true"
        : "CASE WHEN %s THEN true ELSE %s(%s, %s, %s) END"
            .formatted(String.join(" AND ", good), DIVERT, key(), code(), example());
  }

  /** Whether every row is written, whatever is in it. */
  public boolean isIdle() {
    return keep().equals("true");
  }

  /** True of rows that lie in the task's intervals, rules or not. */
  public String within() {
    return interval.within(span);
  }

  /** True of rows for quarantine. */
  public String isTurnedAway() {
    String unmet =
        quarantining().stream()
            .map(rule -> "NOT " + Sql.met(rule.sql()))
            .collect(Collectors.joining(" OR ", "(", ")"));
    String broken =
        quarantining().isEmpty() ? "false" : "coalesce(" + within() + ", false) AND " + unmet;
    return received
        .map(from -> "(%s IS NOT NULL OR (%s))".formatted(Sql.quoted(from.rejected()), broken))
        .orElse(broken);
  }

  /** Of a row for quarantine: its {@link #key}, rule, reason, source and text, as STRINGs. */
  public List<String> turnedAway() {
    return List.of(
        key() + " AS interval_key",
        firstBroken(RowRule::name, Broken.READABLE) + " AS rule",
        received
                .map(
                    from ->
                        "coalesce(%s, %s)"
                            .formatted(Sql.quoted(from.rejected()), firstBroken(RowRule::sql, "")))
                .orElseGet(() -> firstBroken(RowRule::sql, ""))
            + " AS reason",
        received
                .map(from -> "CAST(" + Sql.quoted(from.source()) + " AS STRING)")
                .orElse("CAST(NULL AS STRING)")
            + " AS source",
        received
                .map(from -> "coalesce(%s, %s)".formatted(Sql.quoted(from.raw()), json()))
                .orElseGet(this::json)
            + " AS row");
  }

  /** The interval of any row, the unreadable included. */
  private String key() {
    return received
        .map(
            from ->
                interval.column().isEmpty()
                    ? interval.key()
                    : "CASE WHEN %s IS NULL THEN %s ELSE %s END"
                        .formatted(
                            Sql.quoted(from.rejected()),
                            interval.key(),
                            IntervalColumn.of(
                                    from.interval(),
                                    IntervalColumn.Type.TIMESTAMP_NTZ,
                                    from.cadence())
                                .key()))
        .orElseGet(interval::key);
  }

  private String code() {
    StringBuilder code = new StringBuilder("CASE");
    received.ifPresent(
        from ->
            code.append(" WHEN ")
                .append(Sql.quoted(from.rejected()))
                .append(" IS NOT NULL THEN '" + Broken.READABLE + "'"));
    code.append(" WHEN NOT coalesce(").append(within()).append(", false)");
    code.append(" THEN '" + Broken.OUTSIDE + "' ELSE concat_ws(','");
    for (int i = 0; i < rules.size(); i++) {
      code.append(", CASE WHEN ")
          .append(Sql.met(rules.get(i).sql()))
          .append(" THEN NULL ELSE '" + i + "' END");
    }
    return code.append(") END").toString();
  }

  private String example() {
    StringBuilder example = new StringBuilder("CASE");
    received.ifPresent(
        from ->
            example
                .append(" WHEN ")
                .append(Sql.quoted(from.rejected()))
                .append(" IS NOT NULL THEN ")
                .append(Sql.quoted(from.rejected())));
    interval
        .column()
        .ifPresent(
            name ->
                example
                    .append(" WHEN NOT coalesce(")
                    .append(within())
                    .append(", false) THEN coalesce(CAST(")
                    .append(Sql.quoted(name))
                    .append(" AS STRING), 'NULL')"));
    String failing =
        rules.stream()
            .filter(rule -> rule.action() == RowRule.Action.FAIL)
            .map(rule -> "NOT " + Sql.met(rule.sql()))
            .collect(Collectors.joining(" OR "));
    if (!failing.isEmpty()) {
      example.append(" WHEN " + failing + " THEN substr(" + json() + ", 1, " + EXAMPLE + ")");
    }
    return example.length() == 4
        ? "CAST(NULL AS STRING)"
        : example.append(" ELSE CAST(NULL AS STRING) END").toString();
  }

  private String json() {
    return "to_json(struct(" + Sql.quoted(columns) + "))";
  }

  private String firstBroken(java.util.function.Function<RowRule, String> told, String otherwise) {
    StringBuilder first = new StringBuilder("CASE");
    received.ifPresent(
        from ->
            first
                .append(" WHEN ")
                .append(Sql.quoted(from.rejected()))
                .append(" IS NOT NULL THEN ")
                .append(Sql.text(otherwise)));
    for (RowRule rule : quarantining()) {
      first
          .append(" WHEN NOT ")
          .append(Sql.met(rule.sql()))
          .append(" THEN ")
          .append(Sql.text(told.apply(rule)));
    }
    return first.length() == 4
        ? Sql.text(otherwise)
        : first.append(" ELSE ").append(Sql.text(otherwise)).append(" END").toString();
  }

  private List<RowRule> quarantining() {
    return rules.stream().filter(rule -> rule.action() == RowRule.Action.QUARANTINE).toList();
  }
}
