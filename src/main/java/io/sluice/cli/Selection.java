package io.sluice.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that names jobs. */
final class Selection {

  @Option(
      names = {"-s", "--select"},
      paramLabel = "JOBS",
      split = ",",
      description = {
        "Jobs, by comma or repeated: fact_sale, +fact_sale (with all it needs), raw.sales+ (with"
            + " all that reads it), layer:raw, tag:finance. All, if left out."
      })
  List<String> names = new ArrayList<>();
}
