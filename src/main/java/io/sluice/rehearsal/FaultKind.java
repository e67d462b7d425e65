package io.sluice.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** What happens at a point. */
public enum FaultKind {
  /** The process is gone at once, as by {@code kill -9}. */
  KILL("the process is gone at once, as by kill -9") {
    @Override
    void happen(String fault) {
      Runtime.getRuntime().halt(137);
    }
  },
  /** The process stands still until it is told to go on, as by {@code kill -STOP}. */
  PAUSE("the process stands still until `kill -CONT` is sent to it") {
    @Override
    void happen(String fault) {
      try {
        new ProcessBuilder("kill", "-STOP", String.valueOf(ProcessHandle.current().pid()))
            .inheritIO()
            .start()
            .waitFor();
      } catch (IOException e) {
        throw new UncheckedIOException(fault + ": the process can't be paused here", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  },
  /** Something that may pass by itself. */
  FAIL("a failure that may pass by itself, like a lost connection") {
    @Override
    void happen(String fault) {
      throw new RehearsedFault(fault);
    }
  },
  /** Too much for the memory. */
  MEMORY("not enough memory") {
    @Override
    void happen(String fault) {
      throw new OutOfMemoryError(fault);
    }
  };

  private final String what;

  FaultKind(String what) {
    this.what = what;
  }

  /** Lets it happen; may not return. */
  abstract void happen(String fault);

  /** As a person types it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a person sees of it. */
  public String what() {
    return what;
  }
}
