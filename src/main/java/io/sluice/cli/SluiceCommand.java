package io.sluice.cli;

import io.sluice.rehearsal.Rehearsal;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The word before all commands, with the options that all of them take. */
@Command(
    name = "sluice",
    description = "Keeps a Delta lake complete and correct.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    usageHelpAutoWidth = true)
final class SluiceCommand {
  private static final Pattern URI = Pattern.compile("[a-z][a-z0-9+.-]+:.*");

  private final Surroundings surroundings;

  @Option(
      names = "--project",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "The project's folder, a path or a URI; the current folder if left out.")
  @Nullable String project;

  @Option(
      names = "--env",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "Lays conf/NAME.conf over conf/lake.conf.")
  @Nullable String env;

  SluiceCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  PrintWriter out() {
    return surroundings.out();
  }

  Engine open() {
    return open(Rehearsal.NONE);
  }

  Engine open(Rehearsal rehearsal) {
    Engine.Project project = project();
    return surroundings
        .opener()
        .open(new Engine.Project(project.folder(), project.env(), rehearsal));
  }

  void warn(Engine engine) {
    engine.warnings().forEach(warning -> surroundings.err().println("warning: " + warning));
  }

  /** Where no run is known the ledger may be new: it is told what the lake knows. */
  void warnIfNew(Engine engine) {
    if (engine.ledger().runs(1).isEmpty()) {
      warn(engine);
    }
  }

  Engine.Project project() {
    String folder = project == null ? "" : project;
    return new Engine.Project(
        URI.matcher(folder).matches() ? folder : surroundings.folder(folder).toString(),
        Optional.ofNullable(env));
  }
}
