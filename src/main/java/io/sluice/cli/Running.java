package io.sluice.cli;

import io.sluice.rehearsal.Rehearsal;
import io.sluice.run.Verdict;

/** What the commands that make tables have in common. */
final class Running {
  private Running() {}

  static int run(SluiceCommand sluice, Rehearsal rehearsal, PlanRequest request, String command) {
    try (Engine engine = sluice.open(rehearsal)) {
      return run(sluice.surroundings(), engine, request, command).exit();
    }
  }

  static Verdict run(Surroundings around, Engine engine, PlanRequest request, String command) {
    Verdict end;
    try (Progress progress = new Progress(around.err(), around.terminal(), around.clock())) {
      end = engine.run(request, command, progress);
    }
    around.err().flush();
    around.out().println(end.lastLine());
    if (end.exit() != Exit.OK) {
      around.log().ifPresent(file -> around.err().println("Spark's own words are in " + file));
    }
    return end;
  }
}
