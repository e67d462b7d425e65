package io.sluice.source.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.testing.FakeApi;
import io.sluice.testing.FakeApi.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages that were received already. */
class ReceivedTest extends FetchCase {
  @Test
  void whatBrokeOffGoesOnWithTheNextPage() {
    api.answer(ask -> ask.number("page", 1) == 8 ? Reply.of(500, "", "") : numbered(ask, 95));
    fails(at("/orders", PAGES));
    api.forgetAsked();
    api.answer(ask -> numbered(ask, 95));
    assertEquals(List.of(10, 10, 10, 10, 10, 10, 10, 10, 10, 5), counts(at("/orders", PAGES)));
    assertEquals(List.of("8", "9", "10"), api.asked("page"));
  }

  @Test
  void whatBrokeOffIsOfNoUseForAnotherRequestOrAfterADay() {
    api.answer(ask -> ask.number("page", 1) == 2 ? Reply.of(500, "", "") : numbered(ask, 15));
    fails(at("/orders", PAGES));
    api.answer(ask -> numbered(ask, 15));
    api.forgetAsked();
    counts(at("/orders", PAGES.replace("10", "11")));
    assertEquals(List.of("1", "2"), api.asked("page").subList(0, 2));

    api.answer(ask -> ask.number("page", 1) == 2 ? Reply.of(500, "", "") : numbered(ask, 15));
    fails(at("/orders", PAGES));
    api.answer(ask -> numbered(ask, 15));
    api.forgetAsked();
    project.clock.advance(Duration.ofDays(1));
    counts(at("/orders", PAGES));
    assertEquals(List.of("1", "2"), api.asked("page"));
  }

  @Test
  void whatIsCompleteIsUsedAgainForAWhile() {
    counts(at("/orders", PAGES));
    project.clock.advance(Duration.ofMinutes(59));
    assertEquals(List.of(10, 10, 5), counts(at("/orders", PAGES)));
    assertEquals(3, api.asked().size());
    project.clock.advance(Duration.ofMinutes(2));
    assertEquals(List.of(10, 10, 5), counts(at("/orders", PAGES)));
    assertEquals(6, api.asked().size());
    assertEquals(List.of(10, 10, 5), counts(at("/orders", "reuse = 0s, " + PAGES)));
    assertEquals(9, api.asked().size());
  }

  @Test
  void aPageThatWasDeletedIsAskedForAgainAndThoseAfterIt() throws IOException {
    counts(at("/orders", PAGES));
    try (Stream<Path> files = Files.walk(project.received())) {
      for (Path page : files.filter(file -> file.endsWith("page-000002.json")).toList()) {
        Files.delete(page);
      }
    }
    api.forgetAsked();
    assertEquals(List.of(10, 10, 5), counts(at("/orders", PAGES)));
    assertEquals(List.of("2", "3"), api.asked("page"));
  }

  @Test
  void theLastTwoTimesAreKeptAsReceivedToTheByte() throws IOException {
    for (int i = 0; i < 4; i++) {
      counts(at("/orders", "reuse = 0s, " + PAGES));
    }
    try (Stream<Path> times = Files.list(project.received().resolve(DAY))) {
      List<Path> left = times.sorted().toList();
      assertEquals(2, left.size());
      assertEquals(
          FakeApi.records(20, 25), Files.readString(left.get(1).resolve("page-000003.json")));
    }
  }
}
