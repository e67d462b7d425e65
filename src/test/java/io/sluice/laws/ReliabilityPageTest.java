package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** No figure of the page is anybody's memory. */
class ReliabilityPageTest {
  @Test
  void thePageSaysWhatTheLogsBesideItCounted() throws IOException {
    assertEquals(ReliabilityPage.logs().strip(), ReliabilityPage.written());
  }
}
