package io.sluice.cli;

import io.sluice.time.Interval;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name a span of time: a first and a last date, or one date. */
final class Span {

  @Option(
      names = "--from",
      paramLabel = "DATE",
      converter = TypedDate.class,
      description = "First interval: 2011-01-31, 2011-01-31T05, 2011-01, 2011, or all.")
  @Nullable Interval from;

  @Option(
      names = "--to",
      paramLabel = "DATE",
      converter = TypedDate.class,
      description = "Last interval, included; the newest that is due, if left out.")
  @Nullable Interval to;

  @Option(
      names = "--date",
      paramLabel = "DATE",
      converter = TypedDate.class,
      description = "The same as --from DATE --to DATE.")
  @Nullable Interval date;

  /** Empty where nothing was typed. */
  Optional<Interval> read() {
    Interval one = date;
    Interval first = from;
    Interval last = to;
    if (one != null) {
      if (first != null || last != null) {
        throw new UserException("--date stands alone; leave out --from and --to");
      }
      return Optional.of(one);
    }
    if (first == null && last == null) {
      return Optional.empty();
    }
    if (first == null) {
      throw new UserException("--to needs a --from; for one interval write --date");
    }
    return Optional.of(
        Interval.between(first.from(), (last == null ? Interval.ALWAYS : last).to())
            .orElseThrow(
                () -> new UserException("--to is before --from; both are included: swap them")));
  }

  Interval required() {
    return read()
        .orElseThrow(
            () ->
                new UserException(
                    "which intervals? Write --date 2011-01-31, or --from 2011-01-01 --to"
                        + " 2011-01-31 (both included)"));
  }
}
