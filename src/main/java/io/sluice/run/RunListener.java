package io.sluice.run;

/** Is told what happens in a run: one event at a time, in order, on any thread. */
@FunctionalInterface
public interface RunListener {
  void on(RunEvent event);
}
