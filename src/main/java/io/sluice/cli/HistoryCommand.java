package io.sluice.cli;

import io.sluice.ledger.AttemptRow;
import io.sluice.time.Interval;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code history}: what was done, and how it ended. */
@Command(
    name = "history",
    description =
        "Shows the newest runs, the attempts of one run, or those at some intervals of a job.",
    footer = {
      "",
      "Examples:",
      "  sluice history",
      "  sluice history 20260101-060000-a1b2",
      "  sluice history --job fact_sale --date 2011-01-31"
    })
final class HistoryCommand implements Callable<Integer> {
  private final SluiceCommand sluice;

  @Parameters(arity = "0..1", paramLabel = "RUN", description = "Show this run's attempts.")
  @Nullable String run;

  @Option(names = "--job", paramLabel = "JOB", description = "Show the attempts at this job.")
  @Nullable String job;

  @Mixin Span span = new Span();

  @Option(
      names = {"-n", "--newest"},
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many (default: ${DEFAULT-VALUE}).")
  int newest;

  @Option(names = "--json", description = "One JSON document instead of a table.")
  boolean json;

  HistoryCommand(SluiceCommand sluice) {
    this.sluice = sluice;
  }

  @Override
  public Integer call() {
    try (Engine engine = sluice.open()) {
      if (run == null && job == null) {
        HistoryView.printRuns(sluice.out(), engine.ledger().runs(newest), json);
      } else {
        HistoryView.printAttempts(sluice.out(), attempts(engine), json);
      }
    }
    return Exit.OK;
  }

  private List<AttemptRow> attempts(Engine engine) {
    if (job != null) {
      return engine
          .ledger()
          .attemptsAt(
              SluiceCommand.job(engine, job).toString(),
              span.read().orElse(Interval.ALWAYS),
              newest);
    }
    List<AttemptRow> attempts = run == null ? List.of() : engine.ledger().attempts(run);
    if (attempts.isEmpty()) {
      throw new UserException(
          "there is no run '%s' with attempts; `sluice history` lists the runs".formatted(run));
    }
    return attempts;
  }
}
