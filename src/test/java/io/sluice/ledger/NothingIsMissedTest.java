package io.sluice.ledger;

import static io.sluice.ledger.Days.INPUT;
import static io.sluice.ledger.Days.JOB;
import static io.sluice.ledger.Days.NOON;
import static io.sluice.ledger.Days.attempt;
import static io.sluice.ledger.Days.day;
import static io.sluice.ledger.Days.days;
import static io.sluice.ledger.Days.made;
import static io.sluice.ledger.Days.touching;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.time.IntervalSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An input changes, plans read on and tasks of several drivers end, all in any order: a day is
 * stale exactly when a commit up to the position touched it after the version that it was made
 * from.
 */
class NothingIsMissedTest {

  private static final int DAYS = 9;
  private static final long NEVER = -1;

  @TempDir Path folder;

  /** Days that each version of the input touched, by version. */
  private final List<Set<Integer>> commits = new ArrayList<>();

  private final long[] madeFrom = new long[DAYS + 1];
  private final List<Flight> flights = new ArrayList<>();

  private record Flight(String id, int first, int last, long known, long read) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aDayIsStaleExactlyWhenItsInputChangedLater(long seed) {
    Random random = new Random(seed);
    Arrays.fill(madeFrom, NEVER);
    String url = "jdbc:sqlite:" + folder.resolve("ledger.db");
    try (Ledger ledger = Ledgers.open(url, Optional.empty(), Optional.empty())) {
      commits.add(Set.of(1));
      for (int step = 0; step < 150; step++) {
        switch (random.nextInt(4)) {
          case 0 -> commits.add(Set.of(1 + random.nextInt(DAYS)));
          case 1 -> readOn(ledger);
          case 2 -> begin(ledger, "a" + step, random);
          default -> {
            if (!flights.isEmpty()) {
              end(ledger, flights.remove(random.nextInt(flights.size())), step);
            }
          }
        }
        assertEquals(expected(position(ledger)), stale(ledger), "seed " + seed + " step " + step);
      }
    }
  }

  private static JobFacts facts(Ledger ledger) {
    return ledger.facts().getOrDefault(JOB, JobFacts.none(JOB));
  }

  private static long position(Ledger ledger) {
    return facts(ledger).positions().getOrDefault(INPUT, NEVER);
  }

  private long newest() {
    return commits.size() - 1L;
  }

  private void readOn(Ledger ledger) {
    long known = position(ledger);
    if (known < newest()) {
      ledger.advance(
          JOB,
          INPUT,
          known == NEVER ? Optional.empty() : Optional.of(known),
          newest(),
          marks(known, newest()));
    }
  }

  /** A lease keeps two from working at the same day. */
  private void begin(Ledger ledger, String id, Random random) {
    int first = 1 + random.nextInt(DAYS);
    int last = Math.min(DAYS, first + random.nextInt(3));
    if (flights.stream().noneMatch(other -> other.first <= last && first <= other.last)) {
      ledger.attemptStarted(attempt(id, days(first, last)));
      flights.add(new Flight(id, first, last, position(ledger), newest()));
    }
  }

  private void end(Ledger ledger, Flight flight, long version) {
    MadeFacts made = made(flight.id, "d1", version, flight.first, flight.last);
    long known = flight.known;
    for (boolean told = false; !told; ) {
      long low = Math.min(known, flight.read);
      long high = Math.max(known, flight.read);
      JobFacts.Mark[] marks = marks(low, high).toArray(new JobFacts.Mark[0]);
      try {
        ledger.attemptMade(flight.id, NOON, touching(made, known, flight.read, marks));
        told = true;
      } catch (StalePosition moved) {
        known = moved.positions().getOrDefault(INPUT, NEVER);
      }
    }
    Arrays.fill(madeFrom, flight.first, flight.last + 1, flight.read);
  }

  private List<JobFacts.Mark> marks(long after, long upTo) {
    List<JobFacts.Mark> marks = new ArrayList<>();
    for (long version = after + 1; version <= upTo; version++) {
      for (int day : commits.get((int) version)) {
        marks.add(Days.changed(day(day)));
      }
    }
    return marks;
  }

  private Set<Integer> expected(long position) {
    Set<Integer> stale = new TreeSet<>();
    for (int day = 1; day <= DAYS; day++) {
      for (long version = madeFrom[day] + 1;
          madeFrom[day] != NEVER && version <= position;
          version++) {
        if (commits.get((int) version).contains(day)) {
          stale.add(day);
        }
      }
    }
    return stale;
  }

  private static Set<Integer> stale(Ledger ledger) {
    IntervalSet marked =
        IntervalSet.of(facts(ledger).stale().stream().map(JobFacts.Mark::interval).toList());
    Set<Integer> stale = new TreeSet<>();
    for (int day = 1; day <= DAYS; day++) {
      if (marked.contains(day(day))) {
        stale.add(day);
      }
    }
    return stale;
  }
}
