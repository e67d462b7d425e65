package io.sluice.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.lake.Origin;
import io.sluice.lake.RowRule;
import io.sluice.lake.RowRule.Action;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrokenTest {
  private final Broken broken =
      new Broken(
          List.of(
              rule("odd", Action.WARN),
              rule("known", Action.QUARANTINE),
              rule("positive", Action.QUARANTINE),
              rule("signed", Action.FAIL),
              rule("late", Action.WARN)));

  @Test
  void aRowThatOnlyWarnsIsWrittenAndCountedForEachRule() {
    assertTrue(broken.isWritten("0,4"));
    assertEquals(List.of("odd", "late"), broken.counted("0,4"));
  }

  @Test
  void theFirstQuarantineRuleTakesTheRow() {
    assertFalse(broken.isWritten("0,1,2"));
    assertEquals(List.of("known"), broken.counted("0,1,2"));
  }

  @Test
  void aFailRuleWeighsMoreThanAllOthers() {
    assertFalse(broken.isWritten("1,3"));
    assertEquals(List.of("signed"), broken.counted("1,3"));
  }

  @Test
  void unreadableAndForeignRowsAreCountedAsThat() {
    assertFalse(broken.isWritten(Broken.READABLE));
    assertFalse(broken.isWritten(Broken.OUTSIDE));
    assertEquals(List.of(Broken.READABLE), broken.counted(Broken.READABLE));
    assertEquals(List.of(Broken.OUTSIDE), broken.counted(Broken.OUTSIDE));
  }

  @Test
  void itTravelsToExecutors() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(broken);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      Broken arrived = (Broken) in.readObject();
      assertEquals(List.of("signed"), arrived.counted("1,3"));
    }
  }

  private static RowRule rule(String name, Action action) {
    return new RowRule(name, name + " IS NOT NULL", action, new Origin("jobs/raw/a.conf", 3));
  }
}
