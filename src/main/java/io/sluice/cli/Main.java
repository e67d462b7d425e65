package io.sluice.cli;

import io.sluice.config.DefinitionException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Where Sluice begins. */
public final class Main {
  private static final Map<String, Function<SluiceCommand, Object>> COMMANDS = commands();

  private Main() {}

  private static Map<String, Function<SluiceCommand, Object>> commands() {
    Map<String, Function<SluiceCommand, Object>> commands = new LinkedHashMap<>();
    commands.put("run", RunCommand::new);
    commands.put("plan", PlanCommand::new);
    commands.put("backfill", BackfillCommand::new);
    commands.put("accept", AcceptCommand::new);
    commands.put("undo", UndoCommand::new);
    commands.put("status", StatusCommand::new);
    commands.put("history", HistoryCommand::new);
    commands.put("quarantine", QuarantineCommand::new);
    commands.put("check", CheckCommand::new);
    commands.put("preview", PreviewCommand::new);
    commands.put("sql", SqlCommand::new);
    commands.put("init", InitCommand::new);
    commands.put("demo", DemoCommand::new);
    commands.put("care", CareCommand::new);
    commands.put("doctor", DoctorCommand::new);
    return commands;
  }

  public static void main(String[] args) {
    PrintWriter out = writer(System.out);
    // What libraries print must not stand among what was asked for.
    System.setOut(System.err);
    Optional<Path> home = Optional.ofNullable(System.getProperty("sluice.home")).map(Path::of);
    Path here = Path.of("").toAbsolutePath();
    Optional<Path> log = home.map(folder -> LogFile.of(here, args));
    log.ifPresent(file -> System.setProperty("sluice.log", file.toString()));
    System.exit(
        execute(
            new Surroundings(
                out,
                writer(System.err),
                System.console() != null && !"dumb".equals(System.getenv("TERM")),
                Clock.systemUTC(),
                here,
                home,
                log,
                project -> Opening.open(project, Clock.systemUTC())),
            args));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  /** Does what was typed, and returns the exit code. */
  static int execute(Surroundings surroundings, String... args) {
    CommandLine sluice = commandLine(surroundings, args);
    PrintWriter err = surroundings.err();
    sluice.setOut(surroundings.out());
    sluice.setErr(err);
    sluice.setParameterExceptionHandler((e, typed) -> usage(e, err));
    sluice.setExecutionExceptionHandler((e, command, parsed) -> failure(e, surroundings));
    int exit = args.length == 0 ? help(sluice) : sluice.execute(args);
    surroundings.out().flush();
    err.flush();
    return exit;
  }

  static CommandLine commandLine(Surroundings surroundings, String... args) {
    SluiceCommand all = new SluiceCommand(surroundings);
    CommandLine sluice = new CommandLine(all);
    COMMANDS.forEach(
        (name, command) -> {
          if (isOf(name, args)) {
            sluice.addSubcommand(command.apply(all));
          }
        });
    // A folder may be named as a command is: --project demo.
    return sluice
        .setAllowSubcommandsAsOptionParameters(true)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  /** A command costs time to take in, so those that nobody typed are left out, if one was typed. */
  private static boolean isOf(String name, String... args) {
    List<String> typed = Arrays.asList(args);
    return typed.contains(name) || Collections.disjoint(typed, COMMANDS.keySet());
  }

  private static int help(CommandLine sluice) {
    sluice.usage(sluice.getErr());
    return Exit.USAGE;
  }

  private static int usage(ParameterException e, PrintWriter err) {
    err.println("sluice: " + e.getMessage());
    if (UnmatchedArgumentException.printSuggestions(e, err)) {
      return Exit.USAGE;
    }
    err.println(
        "`%s --help` shows how it is written"
            .formatted(e.getCommandLine().getCommandSpec().qualifiedName()));
    return Exit.USAGE;
  }

  private static int failure(Exception e, Surroundings surroundings) {
    surroundings.out().flush();
    PrintWriter err = surroundings.err();
    if (e instanceof DefinitionException wrong) {
      wrong.problems().forEach(err::println);
      err.println(
          "sluice: %s in the definitions; mend %s and try again"
              .formatted(
                  PlanView.number(wrong.problems().size(), "mistake"),
                  wrong.problems().size() == 1 ? "it" : "them"));
      return Exit.USAGE;
    }
    err.println("sluice: " + Failures.told(e));
    if (Failures.isOfTheUser(e)) {
      return Exit.USAGE;
    }
    Optional<String> log = Failures.log(e, surroundings.log());
    log.ifPresent(file -> err.println("sluice: all of it is in " + file));
    return Exit.FAILED;
  }
}
