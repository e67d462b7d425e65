package io.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.config.DefinitionException;
import io.sluice.config.Problem;
import io.sluice.ledger.LedgerException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What all commands have in common: how they are typed, and what a mistake is told. */
class CommandsTest {
  private final Console console = new Console();

  @Test
  void aProjectMayBeNamedAsACommandIs() {
    assertEquals(0, console.type("--project", "demo", "status"), console.err());
    assertEquals(0, console.type("plan", "--project", "run"), console.err());
    assertEquals(
        List.of("/here/demo", "/here/run"),
        console.opened.stream().map(Engine.Project::folder).toList());
  }

  @Test
  void allMistakesInDefinitionsAreToldAndAreUsage() {
    console.engine.failure =
        Optional.of(
            new DefinitionException(
                List.of(
                    new Problem("conf/lake.conf", 4, "params", "unknown key"),
                    new Problem("jobs/raw/sales.conf", 2, "source.path", "is missing"))));

    assertEquals(2, console.type("sql", "SELECT 1"));

    assertEquals(
        """
        conf/lake.conf:4: params: unknown key
        jobs/raw/sales.conf:2: source.path: is missing
        sluice: 2 mistakes in the definitions; mend them and try again
        """,
        console.err());
  }

  @Test
  void aLedgerThatFailsSaysSoInOneLineOfItsOwn() {
    console.engine.failure =
        Optional.of(new LedgerException("The ledger /l.db fails: busy; look for one that hangs"));
    assertEquals(1, console.type("sql", "SELECT 1"));
    assertEquals(
        """
        sluice: The ledger /l.db fails: busy; look for one that hangs
        sluice: all of it is in /log/sluice.log
        """,
        console.err());
  }

  @Test
  void theProjectMayStandBeforeOrAfterTheCommand() {
    console.type("--project", "shop", "plan");
    console.type("plan", "--project", "s3a://bucket/shop", "--env", "prod");
    assertEquals(
        List.of(
            new Engine.Project("/here/shop", Optional.empty()),
            new Engine.Project("s3a://bucket/shop", Optional.of("prod"))),
        console.opened);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plan --to 2011-13",
        "plan --too 2011-01",
        "backfill --select sales",
        "backfill --to 2011-01-01",
        "backfill --from 2011-02 --to 2011-01",
        "backfill --date 2011-01 --to 2011-02",
        "accept sales --date 2011-01-01",
        "accept nothing --date 2011-01-01 --reason r",
        "preview nothing",
        "history r9",
        "demo --days 0",
        "frobnicate"
      })
  void whatIsTypedWronglyIsUsage(String typed) {
    assertEquals(2, console.type(typed.split(" ")), console.err());
    assertEquals("", console.out());
    assertTrue(console.err().lines().count() <= 3, console.err());
  }

  @Test
  void aMisspeltJobIsToldTheNearestOne() {
    assertEquals(2, console.type("preview", "fact_sael"));
    assertEquals(
        "sluice: no job makes 'fact_sael'; did you mean analysis.fact_sale?\n", console.err());
  }

  @Test
  void aMisspeltCommandIsToldTheNearestOne() {
    assertEquals(2, console.type("backfil"));
    assertTrue(console.err().contains("Did you mean: sluice backfill"), console.err());
  }

  @Test
  void aFailureThatIsOursIsOneLineAndTheLog() {
    console.engine.failure =
        Optional.of(
            new IllegalStateException(
                "Job aborted", new IOException("No space left on device\n  at java.base")));
    assertEquals(1, console.type("sql", "SELECT 1"));
    assertEquals(
        """
        sluice: No space left on device (IOException)
        sluice: all of it is in /log/sluice.log
        """,
        console.err());
  }

  @Test
  void aWrongDateIsToldWhatADateIs() {
    console.type("plan", "--to", "2011-02-30");
    assertEquals(
        """
        sluice: Invalid value for option '--to': '2011-02-30' is not a date; write 2011-01-31, \
        2011-01-31T05 (an hour), 2011-01, 2011, or all
        `sluice plan --help` shows how it is written
        """,
        console.err());
  }

  @Test
  void everyHelpShowsAnExample() {
    Console any = new Console();
    any.type("--help");
    assertTrue(any.out().contains("backfill"), any.out());
    Main.commandLine(anySurroundings()).getSubcommands().values().forEach(this::showsAnExample);
  }

  private void showsAnExample(CommandLine command) {
    String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
    String name = command.getCommandSpec().qualifiedName();
    assertTrue(help.contains("Example") && help.contains("\n  " + name), help);
    assertTrue(help.contains("--project"), help);
    command.getSubcommands().values().forEach(this::showsAnExample);
  }

  private static Surroundings anySurroundings() {
    return new Surroundings(
        new PrintWriter(new StringWriter()),
        new PrintWriter(new StringWriter()),
        false,
        Clock.systemUTC(),
        Path.of(""),
        Optional.empty(),
        Optional.empty(),
        project -> new FakeEngine());
  }
}
