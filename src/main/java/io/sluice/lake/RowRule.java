package io.sluice.lake;

/**
 * A condition that each row must meet; NULL counts as not met.
 *
 * @param sql a boolean expression over the row's columns
 */
public record RowRule(String name, String sql, Action action, Origin origin) {

  /** What becomes of a row that breaks the rule. */
  public enum Action {
    /** It goes to quarantine. */
    QUARANTINE,
    /** It is written, and counted. */
    WARN,
    /** Its interval fails. */
    FAIL
  }
}
