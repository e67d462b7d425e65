package io.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpellingTest {
  @Test
  void theNearestWordIsMeant() {
    List<String> words = List.of("partition-by", "interval-by", "start", "tags");
    assertEquals(Optional.of("partition-by"), Spelling.nearest("partitionBy", words));
    assertEquals(Optional.of("start"), Spelling.nearest("strat", words));
    assertEquals(Optional.empty(), Spelling.nearest("stop", words));
    assertEquals(Optional.empty(), Spelling.nearest("owner", words));
  }

  @Test
  void distanceCountsLettersAddedDroppedChangedAndSwapped() {
    assertEquals(0, Spelling.distance("a", "a"));
    assertEquals(1, Spelling.distance("ab", "ba"));
    assertEquals(1, Spelling.distance("ab", "abc"));
    assertEquals(3, Spelling.distance("kitten", "sitting"));
  }
}
