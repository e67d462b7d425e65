package io.sluice.cli;

import io.sluice.run.Verdict;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: a year of a real shop, from landing files to reports. */
@Command(
    name = "demo",
    description =
        "Sets up the sample lake with a year of a gift shop's real sales, and makes all of it.",
    footer = {
      "",
      "Examples:",
      "  sluice demo",
      "  sluice demo --dir /tmp/shop --days 31",
      "  sluice demo --sources"
    })
final class DemoCommand implements Callable<Integer> {
  private final SluiceCommand sluice;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where; the folder demo beside ./sluice if left out.")
  @Nullable String dir;

  @Option(names = "--days", paramLabel = "N", description = "Only the first N days.")
  @Nullable Integer days;

  @Option(
      names = "--sources",
      description =
          "Instead, read what companies have (log files, XML, PostgreSQL, a MongoDB, Cassandra, an"
              + " API) from servers that it starts and stops itself; in the folder demo-sources.")
  boolean sources;

  DemoCommand(SluiceCommand sluice) {
    this.sluice = sluice;
  }

  @Override
  public Integer call() throws IOException {
    if (sources) {
      throw new UserException(
          "the servers of demo --sources are those of the tests: start it by ./sluice in a clone of the repository");
    }
    Surroundings around = sluice.surroundings();
    SampleLake sample = new SampleLake(around.home().orElse(around.here()));
    Path folder = dir == null ? sample.defaultFolder() : around.folder(dir);
    Optional<Interval> until = days == null ? Optional.empty() : Optional.of(lastOf(days));
    sample.setUp(folder, around.err()::println);
    Verdict end;
    try (Engine engine =
        around.opener().open(new Engine.Project(folder.toString(), Optional.empty()))) {
      end = Running.run(around, engine, PlanRequest.upTo(until), "demo");
    }
    if (end.exit() == Exit.OK) {
      around.out().println();
      SampleLake.whatNext(folder, until.isEmpty()).forEach(around.out()::println);
    }
    return end.exit();
  }

  private static Interval lastOf(int days) {
    if (days < 1) {
      throw new UserException("--days is a number from 1, not " + days);
    }
    return Cadence.DAY.at(SampleLake.FIRST.plusDays(days - 1L).atStartOfDay());
  }
}
