package io.sluice.cli;

import io.sluice.run.RunEvent;
import io.sluice.run.RunListener;
import org.apache.logging.log4j.LogManager;

/** Writes what is behind a failed attempt, which a person is told in one line, into the log. */
final class FailureLog implements RunListener {
  @Override
  public void on(RunEvent event) {
    if (event instanceof RunEvent.AttemptFailed failed) {
      LogManager.getLogger("io.sluice")
          .warn("Attempt {} failed: {}", failed.attempt(), failed.message(), failed.cause());
    }
  }
}
