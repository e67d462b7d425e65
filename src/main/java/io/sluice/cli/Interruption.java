package io.sluice.cli;

import java.util.ArrayList;
import java.util.List;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** While it is open, Ctrl-C and SIGTERM ask for an end; a second one ends the process at once. */
final class Interruption implements AutoCloseable {
  private static final List<String> SIGNALS = List.of("INT", "TERM");
  private static final int KILLED_BY = 128;

  private final List<SignalHandler> before = new ArrayList<>();
  private boolean asked;

  Interruption(Runnable end) {
    for (String name : SIGNALS) {
      before.add(Signal.handle(new Signal(name), signal -> handle(signal, end)));
    }
  }

  private synchronized void handle(Signal signal, Runnable end) {
    if (asked) {
      Runtime.getRuntime().halt(KILLED_BY + signal.getNumber());
    }
    asked = true;
    end.run();
  }

  @Override
  public void close() {
    for (int i = 0; i < SIGNALS.size(); i++) {
      Signal.handle(new Signal(SIGNALS.get(i)), before.get(i));
    }
  }
}
