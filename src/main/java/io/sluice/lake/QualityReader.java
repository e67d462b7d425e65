package io.sluice.lake;

import io.sluice.config.Place;
import io.sluice.config.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code expect}, {@code limit} and {@code require}. */
final class QualityReader {
  private static final Pattern ROWS = Pattern.compile("(>=|<=|>|<|=)\\s*(\\d{1,18})");
  private static final List<String> KINDS =
      List.of("unique", "rows", "not-null", "references", "sql");
  private static final Map<String, RowRule.Action> ACTIONS = actions();

  private final RuleSql rules;

  QualityReader(RuleSql rules) {
    this.rules = rules;
  }

  Quality read(Section job, Optional<Double> defaultLimit) {
    List<RowRule> expect = new ArrayList<>();
    job.section("expect").ifPresent(section -> expect(section, expect));
    List<TableRule> require = new ArrayList<>();
    job.section("require")
        .ifPresent(
            section -> {
              for (String name : section.keys()) {
                checkName(section, name);
                section.section(name).ifPresent(rule -> require(name, rule, require));
              }
            });
    double limit =
        job.percent("limit").or(() -> defaultLimit).orElse(Quality.DEFAULT_LIMIT_PERCENT);
    return new Quality(expect, limit, require);
  }

  private void expect(Section section, List<RowRule> into) {
    for (String name : section.keys()) {
      checkName(section, name);
      Origin origin = origin(section.place(name));
      if (section.isText(name)) {
        section
            .text(name)
            .ifPresent(
                sql -> {
                  rules.check(section, name, sql);
                  into.add(new RowRule(name, sql, RowRule.Action.QUARANTINE, origin));
                });
        continue;
      }
      section
          .section(name)
          .ifPresent(
              rule -> {
                String sql = rule.needText("sql", "sql = \"amount >= 0\"");
                if (!sql.isEmpty()) {
                  rules.check(rule, "sql", sql);
                }
                RowRule.Action action =
                    rule.choice("action", ACTIONS).orElse(RowRule.Action.QUARANTINE);
                into.add(new RowRule(name, sql, action, origin));
              });
    }
  }

  private void require(String name, Section rule, List<TableRule> into) {
    Origin origin = origin(rule.place());
    List<String> kinds = KINDS.stream().filter(rule::has).toList();
    if (kinds.size() > 1) {
      rule.wrong(
          "one rule checks one thing, not %s; give each a name of its own"
              .formatted(String.join(" and ", kinds)));
    } else if (kinds.isEmpty() && rule.keys().isEmpty()) {
      rule.wrong("it checks nothing; write one of " + String.join(", ", KINDS));
    }
    columns(rule, "unique")
        .ifPresent(columns -> into.add(new TableRule.Unique(name, columns, origin)));
    columns(rule, "not-null")
        .ifPresent(columns -> into.add(new TableRule.NotNull(name, columns, origin)));
    rule.text("rows").ifPresent(text -> rows(name, rule, text, into));
    rule.text("sql")
        .ifPresent(
            sql -> {
              rules.check(rule, "sql", sql);
              into.add(new TableRule.Sql(name, sql, origin));
            });
    rule.section("references").ifPresent(section -> references(name, section, into));
  }

  private static void rows(String name, Section rule, String text, List<TableRule> into) {
    Matcher matcher = ROWS.matcher(text.strip());
    if (matcher.matches()) {
      into.add(
          new TableRule.Rows(
              name, matcher.group(1), Long.parseLong(matcher.group(2)), origin(rule.place())));
    } else {
      rule.wrong(
          "rows", "'%s' is not a comparison with a number; write rows = \">= 1\"".formatted(text));
    }
  }

  private static void references(String name, Section section, List<TableRule> into) {
    for (String column : section.keys()) {
      Optional<String> target = section.text(column);
      int dot = target.orElse("").lastIndexOf('.');
      Optional<TableName> table =
          dot < 0 ? Optional.empty() : TableName.parse(target.orElse("").substring(0, dot));
      if (target.isPresent() && table.isEmpty()) {
        section.wrong(
            column,
            "'%s' is not layer.table.column; write %s = analysis.dim_product.%s"
                .formatted(target.get(), column, column));
      }
      String ruleName = section.keys().size() == 1 ? name : name + "_" + column;
      table.ifPresent(
          found ->
              into.add(
                  new TableRule.References(
                      ruleName,
                      column,
                      found,
                      target.orElse("").substring(dot + 1),
                      origin(section.place(column)))));
    }
  }

  private static Optional<List<String>> columns(Section rule, String key) {
    if (!rule.has(key)) {
      return Optional.empty();
    }
    List<String> columns = Names.columns(rule, key);
    if (columns.isEmpty() && rule.texts(key).isEmpty()) {
      rule.wrong(key, "names no column; write %s = [id]".formatted(key));
    }
    return Optional.of(columns);
  }

  private static void checkName(Section section, String name) {
    if (!Names.isPlain(name)) {
      section.wrong(
          name, "a rule's name is letters, digits and _; write a short name like known_product");
    }
  }

  private static Origin origin(Place place) {
    return new Origin(place.file(), place.line());
  }

  private static Map<String, RowRule.Action> actions() {
    Map<String, RowRule.Action> actions = new LinkedHashMap<>();
    actions.put("quarantine", RowRule.Action.QUARANTINE);
    actions.put("warn", RowRule.Action.WARN);
    actions.put("fail", RowRule.Action.FAIL);
    return actions;
  }
}
