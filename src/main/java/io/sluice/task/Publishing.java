package io.sluice.task;

import io.sluice.table.FencedException;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The one commit of an attempt. One whose answer was lost is not made a second time: what became of
 * it is read in the table's log.
 *
 * @param commit answers the version that it made
 * @param landed the version, by the log; empty where the commit is not there
 * @param made what was published, at a version
 * @param told what a person reads of a failure
 */
record Publishing(
    LongSupplier commit,
    Supplier<OptionalLong> landed,
    LongFunction<Outcome> made,
    Function<Throwable, String> told) {

  Outcome publish() {
    try {
      return made.apply(commit.getAsLong());
    } catch (FencedException e) {
      throw e;
    } catch (Throwable failure) { // Spark throws checked ones without declaring them.
      OptionalLong version;
      try {
        version = landed.get();
      } catch (RuntimeException | Error silent) {
        failure.addSuppressed(silent);
        return new Outcome.Unknown(told.apply(failure), failure, () -> ask(failure));
      }
      if (version.isEmpty()) {
        throw failure;
      }
      return made.apply(version.getAsLong());
    }
  }

  private Outcome ask(Throwable failure) {
    OptionalLong version = landed.get();
    return version.isPresent()
        ? made.apply(version.getAsLong())
        : new Outcome.Failed(FailureClass.TRANSIENT, told.apply(failure), List.of(), failure, true);
  }
}
