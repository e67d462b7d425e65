package io.sluice.source.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.SourceException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What answers mean that are no pages, and how long to wait. */
class RefusalTest {
  private static final Instant NOW = Instant.parse("2011-01-05T04:00:00Z");

  private static RestFault of(int status, boolean isPlaceByInterval, String... retryAfter) {
    return Refusal.of(
        new Answer(
            status,
            HttpHeaders.of(Map.of("retry-after", List.of(retryAfter)), (name, value) -> true),
            ("x".repeat(150) + "\n" + "y".repeat(150)).getBytes(StandardCharsets.UTF_8)),
        NOW,
        isPlaceByInterval);
  }

  @ParameterizedTest
  @CsvSource({
    "400, interval",
    "401, all",
    "403, all",
    "404, all",
    "405, all",
    "408, passing",
    "409, interval",
    "410, interval",
    "422, interval",
    "425, passing",
    "429, passing",
    "500, passing",
    "501, all",
    "502, passing",
    "503, passing",
    "504, passing"
  })
  void aStatusSaysWhomItIsAbout(int status, String reach) {
    SourceException failure = of(status, false).of(RestProject.day("2011-01-02"));
    assertEquals(
        reach, failure.isPassing() ? "passing" : failure.concernsAll() ? "all" : "interval");
  }

  @Test
  void aUrlOfOneDayMayBeMissingWithoutTheOthers() {
    assertEquals(false, of(404, true).of(RestProject.day("2011-01-02")).concernsAll());
  }

  @Test
  void twoHundredCharactersOfTheAnswerAreShown() {
    assertEquals("HTTP 400: " + "x".repeat(150) + " " + "y".repeat(49), of(400, false).message());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7 | 7",
        "0 | 0",
        "Wed, 05 Jan 2011 04:02:00 GMT | 120",
        "Wed, 05 Jan 2011 03:59:00 GMT | 0",
        "soon | -1",
        "-5 | -1"
      })
  void itIsSaidInSecondsOrByADate(String header, long seconds) {
    Optional<Duration> expected =
        seconds < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
    assertEquals(expected, RetryAfter.parse(header, NOW));
    assertEquals(expected, of(429, false, header).pause());
    assertEquals(expected, of(503, false, header).pause());
  }
}
