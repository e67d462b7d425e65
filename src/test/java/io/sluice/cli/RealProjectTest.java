package io.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValueType;
import io.sluice.testing.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that need no Spark, typed in a project of files, with nothing faked. */
class RealProjectTest {
  @TempDir Path folder;
  private Path project;
  private Shell shell;

  @BeforeEach
  void begin() throws IOException {
    project = folder.resolve("my first lake");
    NewProject.write(project);
    shell = new Shell(project, new SettableClock(Instant.parse("2026-01-05T06:00:00Z")));
  }

  @Test
  void aPlanPrintedTwiceIsTheSameBytes() {
    Shell.Said once = shell.type("plan");
    assertTrue(once.out().startsWith("job "), once.toString());
    assertEquals(once, shell.type("plan"));
    Shell.Said json = shell.type("plan", "--json");
    assertTrue(json.out().startsWith("{\"tasks\":[{"), json.toString());
    assertEquals(json, shell.type("plan", "--json"));
  }

  @Test
  void aPlanForMachinesTellsOfEachTaskWhatItMakesAndWhy() {
    List<String> told = new ArrayList<>();
    for (Config task : found("tasks", shell.type("plan", "--json"))) {
      assertEquals(ConfigValueType.NUMBER, task.getValue("intervals").valueType());
      told.add(
          "%s %s %s %d %s"
              .formatted(
                  task.getString("job"),
                  task.getString("from"),
                  task.getString("to"),
                  task.getInt("intervals"),
                  task.getStringList("reasons")));
    }
    assertEquals(
        List.of(
            "raw.orders 2026-01-01 2026-01-03 2 [missing]",
            "analysis.order_line 2026-01-01 2026-01-03 2 [missing]",
            "aggregate.daily_orders 2026-01-01 2026-01-03 2 [missing]"),
        told);
  }

  @Test
  void aMisspeltJobOfASelectionIsToldTheNearestOne() {
    Shell.Said said = shell.type("plan", "--select", "ordres+");
    assertEquals(2, said.exit());
    assertEquals("", said.out());
    assertTrue(
        said.err().contains("'ordres+' selects nothing: did you mean raw.orders;"), said.err());
  }

  @Test
  void theDoctorFindsAProjectWithBlanksInItsPathWell() {
    Shell.Said said = shell.type("doctor", "--json");
    for (Config finding : found("findings", said)) {
      String what = finding.getString("what");
      if (List.of("definitions", "lake's folder", "landing files", "ledger").contains(what)) {
        assertTrue(finding.getBoolean("good"), finding.toString());
      }
    }
    assertTrue(said.out().contains(project + "/lake can be written"), said.out());
    assertTrue(Files.isDirectory(project.resolve("lake")));
  }

  private static List<? extends Config> found(String key, Shell.Said said) {
    return ConfigFactory.parseString(
            said.out(), ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON))
        .getConfigList(key);
  }
}
