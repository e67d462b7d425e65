package io.sluice.plan;

import java.util.Locale;

/** Why an interval is made, the weightiest first. */
public enum Reason {
  MISSING,
  FAILED,
  FORCED,
  DEFINITION_CHANGED,
  SOURCE_CHANGED,
  INPUT_CHANGED,
  CAUGHT_UP,
  REREAD,
  UPSTREAM,
  ORDER;

  /** As people read it: {@code source changed}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
