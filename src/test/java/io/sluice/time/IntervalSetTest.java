package io.sluice.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDateTime;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntervalSetTest {

  private static final LocalDateTime ORIGIN = LocalDateTime.of(2011, 1, 1, 0, 0);

  @Test
  void touchingRangesAreJoined() {
    assertEquals("{[2011-01-01, 2011-01-05)}", IntervalSet.of(days(0, 2), days(2, 4)).toString());
  }

  @Test
  void splitLeavesOutIntervalsThatAreNotInTheSetAsAWhole() {
    IntervalSet set = IntervalSet.of(days(0, 40));
    assertEquals(List.of(new Interval(ORIGIN, ORIGIN.plusMonths(1))), set.split(Cadence.MONTH));
  }

  @Test
  void everyOperationAgreesWithASetOfDays() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      BitSet a = new BitSet();
      BitSet b = new BitSet();
      IntervalSet one = randomSet(random, a);
      IntervalSet other = randomSet(random, b);
      BitSet union = copy(a);
      union.or(b);
      BitSet minus = copy(a);
      minus.andNot(b);
      BitSet both = copy(a);
      both.and(b);
      String message = "seed " + seed;
      assertEquals(set(union), one.union(other), message);
      assertEquals(set(minus), one.minus(other), message);
      assertEquals(set(both), one.intersect(other), message);
      int from = random.nextInt(60);
      int to = from + 1 + random.nextInt(6);
      boolean all = a.nextClearBit(from) >= to;
      boolean some = a.nextSetBit(from) >= 0 && a.nextSetBit(from) < to;
      assertEquals(all, one.contains(days(from, to)), message);
      assertEquals(some, one.overlaps(days(from, to)), message);
      assertEquals(
          a.stream().mapToObj(day -> days(day, day + 1)).toList(), one.split(Cadence.DAY), message);
    }
  }

  @Test
  void nothingIsInTheEmptySet() {
    assertTrue(IntervalSet.EMPTY.isEmpty());
    assertFalse(IntervalSet.EMPTY.contains(days(0, 1)));
    assertTrue(IntervalSet.EMPTY.span().isEmpty());
  }

  private static IntervalSet randomSet(Random random, BitSet days) {
    IntervalSet set = IntervalSet.EMPTY;
    for (int i = 0; i < random.nextInt(8); i++) {
      int from = random.nextInt(60);
      int to = from + 1 + random.nextInt(10);
      days.set(from, to);
      set = set.plus(days(from, to));
    }
    return set;
  }

  private static IntervalSet set(BitSet days) {
    return IntervalSet.of(
        IntStream.range(0, days.length())
            .filter(days::get)
            .mapToObj(day -> days(day, day + 1))
            .toList());
  }

  private static BitSet copy(BitSet set) {
    BitSet copy = new BitSet();
    copy.or(set);
    return copy;
  }

  private static Interval days(int from, int to) {
    return new Interval(ORIGIN.plusDays(from), ORIGIN.plusDays(to));
  }
}
