package io.sluice.source.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.SourceException;
import io.sluice.testing.FakeApi;
import io.sluice.testing.FakeApi.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Servers that are busy or broken, and answers that are not what was asked. */
class FetchTest extends FetchCase {
  @Test
  void whatIsWrongWithOneIntervalIsNotSaidOfAll() {
    api.answer(ask -> Reply.of(422, "text/plain", "no data before 2011-01-03"));
    SourceException failure = fails(at("/orders", ""));
    assertFalse(failure.concernsAll());
    assertFalse(failure.isPassing());
    assertEquals(List.of(RestProject.day(DAY)), failure.culprits());
  }

  @Test
  void itWaitsAsLongAsItIsToldInSecondsOrByADate() {
    api.fault(
        Reply.of(429, "text/plain", "slow").with("Retry-After", "7"),
        Reply.of(503, "text/plain", "busy").with("Retry-After", "Wed, 05 Jan 2011 04:00:30 GMT"));
    assertEquals(List.of(10, 10, 5), counts(at("/orders", PAGES)));
    assertEquals(List.of(Duration.ofSeconds(7), Duration.ofSeconds(23)), project.slept);
  }

  @Test
  void itAsksNoFasterThanItMay() {
    counts(at("/orders", "rate = 1, " + PAGES));
    assertEquals(2, project.slept.size(), () -> project.slept.toString());
    // Nobody really slept: the third is to come two seconds after the first.
    assertTrue(project.slept.get(1).toMillis() > 1_500, () -> project.slept.toString());
  }

  @Test
  void aLongWaitIsLeftToALaterTry() {
    api.fault(Reply.of(429, "text/plain", "slow").with("Retry-After", "3600"));
    SourceException failure = fails(at("/orders", PAGES));
    assertTrue(failure.isPassing());
    assertTrue(
        said(failure)
            .endsWith("HTTP 429: slow; it wants not to be asked again before 2011-01-05T05:00:00Z"),
        said(failure));
    assertEquals(List.of(), project.slept);
  }

  @Test
  void aBrokenServerIsAskedFourTimesMoreAndMoreSlowly() {
    Reply broken = Reply.of(500, "text/plain", "oh");
    api.fault(broken, broken, broken);
    assertEquals(List.of(10, 10, 5), counts(at("/orders", PAGES)));
    assertEquals(
        List.of(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2)),
        project.slept);
    api.fault(broken, broken, broken, broken);
    SourceException failure = fails(at("/other", PAGES));
    assertTrue(failure.isPassing());
    assertTrue(said(failure).endsWith("HTTP 500: oh; tried 4 times"), said(failure));
    assertEquals(List.of(RestProject.day(DAY)), failure.culprits());
  }

  @Test
  void aServerThatIsNotThereMayComeBack() {
    api.die();
    SourceException failure = fails(at("/orders", PAGES));
    assertTrue(failure.isPassing());
    assertTrue(said(failure).contains("no answer: ConnectException"), said(failure));
  }

  @Test
  void anAnswerThatDoesNotEndIsNotWaitedFor() {
    CountDownLatch isOver = new CountDownLatch(1);
    api.answer(
        ask -> {
          await(isOver);
          return Reply.json("[]");
        });
    SourceException failure = fails(at("/orders", "timeout = 100ms"));
    isOver.countDown();
    assertTrue(failure.isPassing());
    assertTrue(said(failure).contains("no answer within 0.1 s"), said(failure));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aPageThatBreaksOffIsAskedForAgain() {
    api.fault(
        Reply.json("[{\"id\":1},{\"id\"").cut(100), // fewer bytes than promised
        Reply.json("[{\"id\":1},{\"id\"")); // as many as promised
    assertEquals(List.of(10, 10, 5), counts(at("/orders", PAGES)));
    assertEquals(2, project.slept.size());
  }

  @Test
  void aPageForPeopleIsNoPage() {
    api.answer(ask -> Reply.of(200, "text/html", "<html><body>Please log in</body></html>"));
    SourceException failure = fails(at("/orders", PAGES));
    assertTrue(
        said(failure)
            .contains(
                "HTTP 200, Content-Type 'text/html': the answer is not JSON; it begins with <html><body>Please log in"),
        said(failure));
    assertTrue(project.kept().contains("Please log in"));
  }

  @Test
  void anErrorThatSaysItIsFineHasNoRecords() {
    api.answer(ask -> Reply.json("{\"error\":\"no such shop\",\"hints\":[]}"));
    SourceException failure = fails(at("/orders", "records = data.items"));
    assertTrue(
        said(failure)
            .contains(
                "there is no list at records = data.items, but at records = hints; it begins with {\"error\":\"no such shop\""),
        said(failure));
    assertFalse(failure.isPassing());
  }

  @Test
  void theSamePageTwiceIsAFault() {
    api.answer(ask -> Reply.json(FakeApi.records(0, 10)));
    SourceException failure = fails(at("/orders", PAGES));
    assertTrue(said(failure).contains("page 2 has the same records as page 1"), said(failure));
  }

  @Test
  void emptyPagesThatAreNotTheLastAreAFault() {
    int[] turn = {0};
    api.answer(ask -> Reply.json("{\"next\":\"c%d\",\"items\":[]}".formatted(turn[0]++)));
    SourceException failure =
        fails(
            at("/orders", "records = items, paging { type = cursor, parameter = c, path = next }"));
    assertTrue(said(failure).contains("pages 1 and 2 are empty"), said(failure));
    assertTrue(failure.isPassing());
  }

  @Test
  void anEmptyPageBeforeAllIsThereIsAFault() {
    api.answer(
        ask ->
            Reply.json(
                "{\"total\":25,\"items\":%s}"
                    .formatted(
                        ask.number("page", 1) < 3
                            ? FakeApi.records(
                                ask.number("page", 1) * 10L, ask.number("page", 1) * 10L + 10)
                            : "[]")));
    SourceException failure =
        fails(at("/orders", "records = items, paging { type = page, total = total }"));
    assertTrue(said(failure).contains("page 3 is empty, after 20 of 25 records"), said(failure));
    assertTrue(failure.isPassing());
  }
}
