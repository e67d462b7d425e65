package io.sluice.quality;

import io.sluice.lake.RowRule;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be done with a row that is not simply good, told by the code that {@link RowSql} gave
 * it: {@code readable}, {@code (outside)}, or the numbers of the rules it breaks, {@code 0,2}.
 */
public final class Broken implements Serializable {
  private static final long serialVersionUID = 1;

  /** The rule of rows that can't be read against the declared columns. */
  public static final String READABLE = "readable";

  /** The code of rows that belong to none of the task's intervals. */
  public static final String OUTSIDE = "(outside)";

  private final List<String> names;
  private final List<RowRule.Action> actions;

  public Broken(List<RowRule> rules) {
    names = new ArrayList<>(rules.stream().map(RowRule::name).toList());
    actions = new ArrayList<>(rules.stream().map(RowRule::action).toList());
  }

  /** Whether the row is written all the same: it breaks nothing but {@code warn} rules. */
  public boolean isWritten(String code) {
    return !code.equals(READABLE)
        && !code.equals(OUTSIDE)
        && numbers(code).stream().allMatch(rule -> actions.get(rule) == RowRule.Action.WARN);
  }

  /**
   * Under which names the row is counted: that of the first {@code fail} rule it breaks, else that
   * of the first {@code quarantine} rule, else all of the {@code warn} rules.
   */
  public List<String> counted(String code) {
    if (code.equals(READABLE) || code.equals(OUTSIDE)) {
      return List.of(code);
    }
    List<Integer> broken = numbers(code);
    for (RowRule.Action weightier : List.of(RowRule.Action.FAIL, RowRule.Action.QUARANTINE)) {
      for (int rule : broken) {
        if (actions.get(rule) == weightier) {
          return List.of(names.get(rule));
        }
      }
    }
    return broken.stream().map(names::get).toList();
  }

  private static List<Integer> numbers(String code) {
    List<Integer> numbers = new ArrayList<>();
    int start = 0;
    while (start < code.length()) {
      int comma = code.indexOf(',', start);
      int end = comma < 0 ? code.length() : comma;
      numbers.add(Integer.parseInt(code, start, end, 10));
      start = end + 1;
    }
    return numbers;
  }
}
