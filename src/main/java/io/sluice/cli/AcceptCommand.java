package io.sluice.cli;

import io.sluice.lake.Job;
import io.sluice.time.Interval;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

  @Parameters(paramLabel = "JOB", description = "The job: raw.sales, or sales.")
  String job = "";

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
      Job one = engine.lake().job(SluiceCommand.job(engine, job));
      List<Interval> intervals = one.every().split(typed);
      engine.accept(one.name(), intervals, reason);
      sluice
          .out()
          .println(
              "%s: %s count%s as made"
                  .formatted(
                      one.name(),
                      one.every().name(intervals.get(0), intervals.get(intervals.size() - 1)),
                      intervals.size() == 1 ? "s" : ""));
    }
    return Exit.OK;
  }
}
