package io.sluice.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.Look;
import io.sluice.api.Source;
import io.sluice.api.Source.KnownItems;
import io.sluice.api.SourceException;
import io.sluice.lake.Origin;
import io.sluice.lake.Schedule;
import io.sluice.lake.SourceSpec;
import io.sluice.testing.SettableClock;
import io.sluice.testing.TestSpark;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.LakeTime;
import io.sluice.time.Lookback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceCheckTest {

  @TempDir Path temp;

  private static Interval day(String date) {
    return Cadence.DAY.at(LocalDate.parse(date).atStartOfDay());
  }

  private SourceSpec files(Interval span, String path) {
    var files =
        new SourceSpec.Files(
            new SourceSpec.Landing(temp + "/" + path, SourceSpec.Missing.EMPTY),
            "csv",
            Map.of("header", "true"));
    return new SourceSpec(span, List.of(), Lookback.NONE, files, new Origin("jobs/raw/t.conf", 1));
  }

  private static Source of(SourceSpec... specs) {
    Schedule schedule =
        new Schedule(Cadence.DAY, day("2011-01-01").from(), Optional.empty(), Duration.ofHours(2));
    return Sources.of(
        List.of(specs),
        schedule,
        new LakeTime(ZoneOffset.UTC),
        Map.of(),
        "file:/nowhere",
        new SettableClock(Instant.parse("2011-01-04T01:00:00Z")));
  }

  @Test
  void aFileThatChangesOrGoesWhileItIsReadIsNoticed() throws IOException {
    Files.writeString(temp.resolve("2011-01-01.csv"), "a\n1\n");
    Files.writeString(temp.resolve("2011-01-02.csv"), "a\n1\n");
    Source source = of(files(Interval.ALWAYS, "{yyyy-MM-dd}.csv"));
    Map<Interval, Look> looks =
        source.look(List.of(day("2011-01-01"), day("2011-01-02")), KnownItems.NONE);
    SourceCheck.unchanged(source, looks);
    Files.writeString(temp.resolve("2011-01-02.csv"), "a\n1\n2\n");
    SourceException changed =
        assertThrows(SourceException.class, () -> SourceCheck.unchanged(source, looks));
    assertTrue(changed.isPassing());
    assertEquals(List.of(day("2011-01-02")), changed.culprits());
    assertEquals(
        "file:"
            + temp
            + "/2011-01-02.csv changed while it was read; it is read again at the next try",
        changed.getMessage());
    Files.delete(temp.resolve("2011-01-01.csv"));
    assertEquals(
        "file:"
            + temp
            + "/2011-01-01.csv went away while it was read and 1 more; it is read again at the next try",
        assertThrows(SourceException.class, () -> SourceCheck.unchanged(source, looks))
            .getMessage());
  }

  @Test
  void aFileThatComesLaterIsNoChange() throws IOException {
    Files.writeString(temp.resolve("a.csv"), "a\n1\n");
    Source source = of(files(Interval.ALWAYS, "*.csv"));
    Map<Interval, Look> looks = source.look(List.of(day("2011-01-02")), KnownItems.NONE);
    Files.writeString(temp.resolve("b.csv"), "a\n1\n");
    SourceCheck.unchanged(source, looks);
    assertEquals(1, looks.values().iterator().next().items().size());
  }

  @Test
  void whatIsNewBelongsToTheNewestDueDay() throws IOException {
    Files.writeString(temp.resolve("a.csv"), "a\n1\n");
    // At one in the morning of the 4th, with a delay of two hours, the 2nd is the newest due.
    var looks =
        of(files(Interval.ALWAYS, "*.csv"))
            .look(List.of(day("2011-01-02"), day("2011-01-03")), KnownItems.NONE);
    assertEquals(
        List.of(Look.Presence.PRESENT, Look.Presence.EMPTY),
        looks.values().stream().map(Look::presence).toList());
  }

  @Test
  void aFeedThatChangedItsFormIsReadByBothSources() throws IOException {
    Files.writeString(temp.resolve("old_2011-01-01.csv"), "a\n1\n");
    Files.writeString(temp.resolve("old_2011-01-02.csv"), "a\nwrong\n");
    Files.writeString(temp.resolve("new_2011-01-02.csv"), "b,a\nx,2\n");
    Interval change = day("2011-01-02");
    Source source =
        of(
            files(new Interval(Interval.ALWAYS.from(), change.from()), "old_{yyyy-MM-dd}.csv"),
            files(new Interval(change.from(), Interval.ALWAYS.to()), "new_{yyyy-MM-dd}.csv"));
    var looks = source.look(List.of(day("2011-01-01"), change), KnownItems.NONE);
    assertEquals(List.of(day("2011-01-01"), change), List.copyOf(looks.keySet()));
    var rows = source.read(TestSpark.session().newSession(), looks).rows();
    assertEquals(
        List.of("[1,null,2011-01-01]", "[2,x,2011-01-02]"),
        rows.selectExpr("a", "b", "cast(_sluice_interval as date)").collectAsList().stream()
            .map(Object::toString)
            .sorted()
            .toList());
  }
}
