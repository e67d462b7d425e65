package io.sluice.cli;

import io.sluice.lake.Lake;
import io.sluice.lake.LakeLoader;
import io.sluice.lake.LoadedLake;
import io.sluice.lake.TableName;
import io.sluice.lake.kept.KeptParsing;
import io.sluice.task.LakeSession;
import io.sluice.task.SparkHost;
import io.sluice.task.Workshop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The composition root: puts loader, ledger, planner, driver and Spark together behind an engine.
 */
final class Opening {
  private Opening() {}

  static Engine open(Engine.Project project, Clock clock) {
    return open(project, clock, () -> LakeSession::open);
  }

  /**
   * @param host asked only where Spark is: to name it is to load Spark's classes
   */
  static Engine open(Engine.Project project, Clock clock, Supplier<SparkHost> host) {
    Path folder = Path.of(project.folder());
    if (!Files.exists(folder.resolve("conf/lake.conf"))) {
      throw new UserException(
          "no project in %s: it has no conf/lake.conf; name one with --project DIR, or begin one with `sluice init`"
              .formatted(folder));
    }
    Map<String, String> variables = new HashMap<>(System.getenv());
    variables.put("SLUICE_PROJECT", folder.toAbsolutePath().normalize().toString());
    LoadedLake loaded;
    try (KeptParsing parsing = KeptParsing.of(folder, project.env())) {
      loaded = new LakeLoader(parsing).load(folder, project.env(), variables);
    }
    project.rehearsal().jobs().forEach(job -> check(job, loaded.lake()));
    return new OpenedEngine(
        loaded,
        clock,
        project.rehearsal(),
        feeds -> new Workshop(loaded.lake(), feeds, host, project.rehearsal()));
  }

  private static void check(String job, Lake lake) {
    if (TableName.parse(job).flatMap(lake::find).isEmpty()) {
      throw new UserException(
          "--fault: '%s' is no job; write layer.table, as `sluice check` lists them"
              .formatted(job));
    }
  }
}
