package io.sluice.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RehearsalTest {
  private final List<String> done = new ArrayList<>();

  @Test
  void aFaultIsReadAsItIsShown() {
    for (String typed :
        List.of(
            "kill-after-commit:analysis.fact_sale",
            "pause-before-stage:raw.sales",
            "fail-before-quarantine:raw.sales@2",
            "memory-after-attempt:raw.sales@100",
            "kill-after-lease:raw.sales",
            "kill-before-ledger:raw.sales")) {
      assertEquals(typed, Fault.parse(typed).toString());
    }
  }

  @Test
  void whatIsNoFaultIsToldHowToBeWritten() {
    assertEquals(
        "'explode-after-commit:raw.sales' has an unknown word: explode; write KIND-before-POINT:JOB or"
            + " KIND-after-POINT:JOB, with @N for the Nth time, such as"
            + " kill-after-commit:analysis.fact_sale; KIND is kill | pause | fail | memory, POINT is"
            + " lease | fence | attempt | stage | quarantine | commit | ledger",
        wrong("explode-after-commit:raw.sales"));
    assertTrue(wrong("kill-after-comit:raw.sales").contains("unknown word: comit"));
    for (String typed :
        List.of(
            "", "kill", "kill-commit:raw.sales", "kill-after-commit", "kill-after-commit:a.b@0")) {
      assertTrue(wrong(typed).startsWith("'" + typed + "' is no fault; write"), typed);
    }
  }

  @Test
  void itHappensAtItsPointAloneAndOnce() {
    Rehearsal rehearsal =
        new Rehearsal(
            List.of(
                Fault.parse("fail-before-stage:raw.sales@2"),
                Fault.parse("fail-after-commit:raw.sales")));
    assertEquals("staged", step(rehearsal, FaultPoint.STAGE, "raw.sales", "staged"));
    assertEquals("other", step(rehearsal, FaultPoint.STAGE, "raw.rates", "other"));
    RehearsedFault before =
        assertThrows(
            RehearsedFault.class, () -> step(rehearsal, FaultPoint.STAGE, "raw.sales", "never"));
    assertEquals("rehearsed: fail-before-stage:raw.sales@2", before.getMessage());
    assertThrows(
        RehearsedFault.class, () -> step(rehearsal, FaultPoint.COMMIT, "raw.sales", "committed"));
    step(rehearsal, FaultPoint.STAGE, "raw.sales", "again");
    step(rehearsal, FaultPoint.COMMIT, "raw.sales", "again");
    assertEquals(List.of("staged", "other", "committed", "again", "again"), done);
  }

  @Test
  void withoutFaultsNothingIsEvenCounted() {
    assertFalse(Rehearsal.NONE.isAsked());
    assertEquals("made", step(Rehearsal.NONE, FaultPoint.LEDGER, "raw.sales", "made"));
  }

  @Test
  void thePageNamesAllThatCanBeAskedFor() throws IOException {
    String page = Files.readString(Path.of("docs/running.md"));
    for (FaultKind kind : FaultKind.values()) {
      assertTrue(page.contains("| `%s` | %s |".formatted(kind.word(), kind.what())), kind.word());
    }
    for (FaultPoint point : FaultPoint.values()) {
      assertTrue(
          page.contains("| `%s` | %s |".formatted(point.word(), point.what())), point.word());
    }
  }

  private String step(Rehearsal rehearsal, FaultPoint point, String job, String what) {
    return rehearsal.step(
        point,
        job,
        () -> {
          done.add(what);
          return what;
        });
  }

  private static String wrong(String typed) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> Fault.parse(typed)).getMessage());
  }
}
