package io.sluice.task;

import io.sluice.quality.Broken;
import org.apache.spark.sql.api.java.UDF3;
import org.jspecify.annotations.Nullable;

/** The function that only rows meet that are not simply good: counts them, says who is written. */
final class Divert implements UDF3<@Nullable Long, String, @Nullable String, Boolean> {
  private static final long serialVersionUID = 1;

  private final Broken broken;
  private final Tally tally;

  Divert(Broken broken, Tally tally) {
    this.broken = broken;
    this.tally = tally;
  }

  @Override
  public Boolean call(@Nullable Long interval, String code, @Nullable String example) {
    for (String rule : broken.counted(code)) {
      tally.add(new Tally.Seen(new Tally.Key(interval, rule), example));
    }
    return broken.isWritten(code);
  }
}
