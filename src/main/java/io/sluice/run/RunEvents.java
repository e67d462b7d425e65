package io.sluice.run;

import java.lang.System.Logger.Level;
import java.util.List;

/** Tells listeners what happens, in one order for all of them. */
final class RunEvents {
  private static final System.Logger LOG = System.getLogger(RunEvents.class.getName());

  private final List<RunListener> listeners;

  RunEvents(List<RunListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  synchronized void tell(RunEvent event) {
    for (RunListener listener : listeners) {
      try {
        listener.on(event);
      } catch (RuntimeException e) {
        // Who only looks on must not stop the run.
        LOG.log(Level.WARNING, "A listener failed at " + event, e);
      }
    }
  }
}
