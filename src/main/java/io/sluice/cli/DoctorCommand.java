package io.sluice.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code doctor}: looks for what would keep Sluice from working. */
@Command(
    name = "doctor",
    description = "Looks at Java, the class path, the project, the lake's folder and the ledger.",
    footer = {
      "",
      "Examples:",
      "  sluice doctor",
      "  sluice doctor --project /data/lake --env prod"
    })
final class DoctorCommand implements Callable<Integer> {
  private final SluiceCommand sluice;

  @Option(names = "--json", description = "One JSON document instead of a table.")
  boolean json;

  DoctorCommand(SluiceCommand sluice) {
    this.sluice = sluice;
  }

  @Override
  public Integer call() {
    List<Finding> findings = new ArrayList<>(Machine.findings());
    findings.addAll(ProjectCheckUp.findings(sluice));
    if (json) {
      Json.print(
          sluice.out(), Json.object("findings", findings.stream().map(Finding::json).toList()));
    } else {
      Finding.print(sluice.out(), findings);
    }
    return findings.stream().allMatch(Finding::good) ? Exit.OK : Exit.FAILED;
  }
}
