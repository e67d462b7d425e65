package io.sluice.cli;

import io.sluice.lake.Job;
import io.sluice.time.Interval;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code accept}: counts intervals as made. */
@Command(
    name = "accept",
    description =
        "Counts intervals of a job as made, as they are, with a reason that the history keeps.",
    footer = {
      "",
      "Example:",
      "  sluice accept raw.sales --date 2011-02-14 --reason 'the export of that day is lost'"
    })
final class AcceptCommand implements Callable<Integer> {
  private final SluiceCommand sluice;

  @Mixin OneJob job = new OneJob();

  @Mixin Span span = new Span();

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why; kept in the history.")
  String reason = "";

  AcceptCommand(SluiceCommand sluice) {
    this.sluice = sluice;
  }

  @Override
  public Integer call() {
    Interval typed = span.required();
    try (Engine engine = sluice.open()) {
      Job one = job.in(engine.lake());
      if (!one.isMade()) {
        throw new UserException(one.name() + " is not made here: it has no intervals to accept");
      }
      List<Interval> intervals =
          DueIntervals.of(one, sluice.surroundings().clock().instant(), engine.lake().time())
              .within(typed);
      List<String> notes = engine.accept(one, intervals, reason);
      sluice
          .out()
          .println(
              "%s: %s count%s as made"
                  .formatted(
                      one.name(),
                      one.every().name(intervals.get(0), intervals.get(intervals.size() - 1)),
                      intervals.size() == 1 ? "s" : ""));
      notes.forEach(note -> sluice.surroundings().err().println("note: " + note));
    }
    return Exit.OK;
  }
}
